-- What people see of a key, and the secret that a rotation leaves good for a while.
alter table access_key
  add column name            text,
  add column prefix          text,        -- the beginning of the secret, to recognise it by
  add column created_by      text,
  add column previous_sha256 text,
  add column previous_until  timestamptz,
  add column last_used_at    timestamptz; -- coarse: written about once a minute
create index access_key_of_workspace on access_key (workspace, id);
create index access_key_previous on access_key (previous_sha256)
  where previous_sha256 is not null;

-- People who come in by a token of the issuer. Only digests of who they are leave this table.
create table member (
  id         text        primary key,
  version    bigint      not null,
  workspace  text        not null references workspace,
  issuer     text        not null,
  subject    text,
  email      text,
  name       text,
  identities text[]      not null,
  roles      text[]      not null,
  active     boolean     not null,
  created_at timestamptz not null,
  created_by text        not null,
  check (subject is not null or email is not null)
);
create index member_of_workspace on member (workspace, id);
create index member_identity on member using gin (identities);
-- The digest begins with the issuer, so each names one person of one issuer.
create unique index member_subject on member (workspace, issuer, subject);
create unique index member_email on member (workspace, issuer, lower(email));

-- Who changed what. Holds no secret, no address and nothing of a prompt.
create table audit_entry (
  id         bigint      generated always as identity primary key,
  workspace  text        not null,
  at         timestamptz not null default clock_timestamp(),
  actor_kind text        not null,
  actor      text        not null,
  action     text        not null,
  target     text        not null,
  before     jsonb       not null,
  after      jsonb       not null
);
create index audit_of_workspace on audit_entry (workspace, id desc);
create index audit_of_target on audit_entry (workspace, target, id desc);

create function audit_is_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'audit_entry is append-only';
end $$;
create trigger audit_append_only before update or delete or truncate on audit_entry
  for each statement execute function audit_is_append_only();
