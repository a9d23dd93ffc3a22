-- One row for every result of a render: first as work (WAITING), then as a fact.
create table asset (
  asset            text primary key,
  workspace        text        not null,
  generation       text        not null,
  render           text        not null unique,
  attempt          int         not null,
  shot             text        not null,
  state            text        not null check (state in ('WAITING', 'READY', 'REJECTED', 'SURPLUS')),
  noted_at         timestamptz not null default clock_timestamp(),
  ended_at         timestamptz,

  -- the master as the worker stored it; absent if the render gave none
  master_store     text,
  master_region    text,
  master_bucket    text,
  master_key       text,
  master_version   text,
  master_size      bigint,
  master_sha256    text,
  master_type      text,

  -- what the endpoint said it would make
  width            int         not null,
  height           int         not null,
  length_millis    bigint      not null,
  frame_rate       double precision,
  sound       text        not null,

  -- who made it
  model            text        not null,
  endpoint_model   text        not null,
  model_version    text,
  endpoint         text        not null,
  seed             bigint,
  label_profile    text        not null,
  rendered_at      timestamptz not null,

  -- what ingest found
  media            jsonb,
  findings         jsonb       not null default '[]',
  sprite           jsonb,
  taken            text,

  -- the lease of the worker that is at it
  token            uuid,
  leased_until     timestamptz,
  not_before       timestamptz not null default clock_timestamp(),
  claims           int         not null default 0,
  waiting_for      text
);

create index asset_waiting on asset (noted_at) where state = 'WAITING';
create index asset_of_generation on asset (generation);
create index asset_of_shot on asset (workspace, shot);

create table asset_object (
  asset        text   not null references asset,
  variant      text   not null,
  content_type text   not null,
  store        text   not null,
  region       text   not null,
  bucket       text   not null,
  key          text   not null,
  version      text,
  size         bigint not null,
  sha256       text   not null,
  primary key (asset, variant)
);

-- The one result of a generation: whoever inserts the row first.
create table generation_result (
  generation text primary key,
  asset      text not null
);

-- Who may see an asset. Written by ingest and by moderation, whichever comes first: both upsert the
-- same row, so that the second sees what the first has said.
create table viewing (
  asset         text primary key,
  workspace     text    not null,
  generation    text    not null,
  ready         boolean not null default false,
  delivery_size bigint,
  decision      bigint  not null default 0,
  outcome       text,
  policy        text,
  signals       jsonb   not null default '[]',
  reasons       jsonb   not null default '[]',
  viewable      boolean not null default false,
  changed_at    timestamptz not null default clock_timestamp()
);

create index viewing_of_generation on viewing (generation) where viewable;

-- The free text of a generation. Of an erased one only the id is kept, so that what comes late is
-- erased too.
create table generation_text (
  generation text primary key,
  workspace  text    not null,
  version    bigint  not null,
  prompt     text,
  erased     boolean not null default false
);
