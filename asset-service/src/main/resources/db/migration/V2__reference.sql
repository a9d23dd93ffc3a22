-- Uploaded inputs: first noted, then stored, then checked.
create table reference (
  id           text        primary key,
  workspace    text        not null,
  -- UPLOADING: noted before its bytes are stored, so that a crash leaves nothing unknown.
  state        text        not null check (state in
                 ('UPLOADING', 'CHECKING', 'READY', 'REJECTED', 'REMOVED')),
  content_type text        not null,
  store        text,
  region       text,
  bucket       text,
  key          text,
  version      text,
  size         bigint,
  sha256       text,
  media        jsonb,
  finding      text,
  noted_at     timestamptz not null default clock_timestamp(),

  -- the lease of whoever checks it
  token        uuid,
  leased_until timestamptz,
  not_before   timestamptz not null default clock_timestamp(),
  claims       int         not null default 0
);
create index reference_of_workspace on reference (workspace, id);
create index reference_open on reference (noted_at) where state in ('UPLOADING', 'CHECKING');
create index reference_removed on reference (id) where state = 'REMOVED' and key is not null;

-- Which unfinished generation needs it: it can't be deleted meanwhile. Events of one generation come
-- in order (they share a key), so an end follows its beginning.
create table reference_use (
  generation text    not null,
  reference  text    not null,
  ended      boolean not null default false,
  primary key (generation, reference)
);
create index reference_use_of on reference_use (reference) where not ended;

-- A resumable upload: pieces lie in the store, how far it is stands here, so any process goes on.
create table reference_upload (
  id         text        primary key,
  workspace  text        not null,
  reference  text        not null,
  length     bigint      not null,
  stored     bigint      not null default 0,
  gone       boolean     not null default false, -- finished, ended or refused: to be swept
  expires_at timestamptz not null
);
create index reference_upload_sweep on reference_upload (expires_at);
create table reference_upload_piece (
  upload text   not null references reference_upload,
  start  bigint not null,
  key    text   not null,
  primary key (upload, start)
);
