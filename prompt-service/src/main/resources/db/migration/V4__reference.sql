-- What this service knows of uploaded inputs: its own uploads, and what asset-service tells.
create table reference (
  workspace    text        not null,
  id           text        not null,
  -- UPLOADING: noted before its bytes are stored, so that a crash leaves nothing unknown.
  -- AWAITED: named by a generation, not heard of yet.
  state        text        not null check (state in
                 ('UPLOADING', 'AWAITED', 'CHECKING', 'READY', 'REJECTED', 'REMOVED')),
  sequence     bigint      not null default 0, -- of asset-service's word that gave the state
  content_type text        not null default 'application/octet-stream',
  store        text,
  region       text,
  bucket       text,
  key          text,
  version      text,
  size         bigint,
  sha256       text,
  noted_at     timestamptz not null default clock_timestamp(),
  primary key (workspace, id)
);
create index reference_uploading on reference (noted_at) where state = 'UPLOADING';

-- What a generation starts from; pending while it is held for it.
create table generation_reference (
  generation text        not null references generation,
  workspace  text        not null,
  reference  text        not null,
  pending    boolean     not null,
  noted_at   timestamptz not null default clock_timestamp(),
  primary key (generation, reference)
);
create index generation_reference_pending on generation_reference (workspace, reference)
  where pending;
