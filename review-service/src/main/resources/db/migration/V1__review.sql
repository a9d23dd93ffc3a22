-- What other services tell us. Rows are kept by upsert and compare-and-set, never by order of arrival.

create table shot (
  shot       text primary key,
  workspace  text not null,
  version    bigint not null default 0,   -- the shot's own version; 0: not told yet
  decisions  bigint not null default 0,   -- choices made here; version + decisions is what a reviewer looked at
  project    text,
  brief      text,
  brief_row  text,
  dimensions jsonb not null default '[]',
  archived   boolean not null default false
);
create index shot_by_workspace on shot (workspace, shot desc);
create index shot_by_project on shot (workspace, project, shot desc);

create table take (
  generation  text primary key,
  workspace   text not null,
  version     bigint not null,
  shot        text not null,
  variation   int not null,
  model       text not null,
  seed        bigint,
  accepted_at timestamptz not null,
  wording     jsonb not null              -- the free text; erased with the row
);
create index take_by_shot on take (shot);

create table asset (
  asset              text primary key,
  workspace          text not null,
  generation         text not null,
  shot               text,
  render             text,
  technical          text not null default 'UNKNOWN' check (technical in ('UNKNOWN', 'READY', 'REJECTED', 'SURPLUS')),
  technical_sequence bigint not null default 0,
  objects            jsonb not null default '[]',
  findings           jsonb not null default '[]',
  media              jsonb not null default '{}',
  ready_at           timestamptz,
  viewable           boolean not null default false,
  view_sequence      bigint not null default 0,
  viewed_at          timestamptz,
  withheld           text                 -- why it was taken back
);
create index asset_by_generation on asset (generation);
create index asset_by_shot on asset (shot);

create table erased_generation (
  generation text primary key,
  workspace  text not null,
  erased_at  timestamptz not null default now(),
  confirmed  boolean not null default false
);

-- Moderation: the work, the newest decision of each asset, and all decisions.

create table moderation_task (
  asset        text primary key,
  workspace    text not null,
  generation   text not null,
  cause        text,
  trace        text,
  state        text not null default 'OPEN' check (state in ('OPEN', 'DONE')),
  requested_at timestamptz not null default now(),
  due_at       timestamptz not null default now(),
  attempts     int not null default 0,    -- claims, for the operator
  failures     int not null default 0,    -- attempts that a provider or ffmpeg failed
  waits_for    text,                      -- why it was put off last
  lease_token  uuid,
  lease_until  timestamptz
);
create index moderation_task_due on moderation_task (due_at) where state = 'OPEN';
create index moderation_task_by_generation on moderation_task (generation) where state = 'OPEN';

create table moderation (
  asset          text primary key,
  workspace      text not null,
  generation     text not null,
  decision       bigint not null,
  outcome        text not null check (outcome in ('CLEAR', 'HOLD', 'BLOCK')),
  by_person      boolean not null,
  policy_version text not null,
  decided_at     timestamptz not null
);
create index moderation_held on moderation (workspace, decided_at, asset) where outcome = 'HOLD';

create table moderation_decision (
  asset          text not null,
  decision       bigint not null,
  outcome        text not null,
  signals        jsonb not null,
  reasons        jsonb not null,
  actor_kind     text not null,
  actor          text not null,
  policy_version text not null,
  event_id       text not null,
  decided_at     timestamptz not null,
  primary key (asset, decision)
);

-- The choice among the variations of a shot; at most one asset of a shot is selected.

create table selection (
  shot         text not null,
  asset        text not null,
  workspace    text not null,
  generation   text not null,
  state        text not null check (state in ('SELECTED', 'REJECTED', 'OPEN')),
  reasons      jsonb not null,
  shot_version bigint not null,
  decided_by   text not null,
  decided_at   timestamptz not null,
  primary key (shot, asset)
);
create unique index selection_one_per_shot on selection (shot) where state = 'SELECTED';
