-- A request for several variations: the first of them stands for all. Null: there is only one.
alter table generation add column request text;
create index generation_of_request on generation (request) where request is not null;

-- Useless after; a generation that still waits then fails.
alter table generation add column deadline timestamptz;
create index generation_overdue on generation (deadline)
  where state = 'WAITING' and deadline is not null;

-- What a generation starts from, in the order of its form.
create table generation_source (
  generation text    not null references generation,
  position   integer not null,
  source     text    not null, -- id of a reference, an asset or a generation
  role       text    not null,
  picture    boolean not null, -- the model takes images only: a video lends its poster
  parent     text references generation, -- the generation that made it; null for a reference
  primary key (generation, position)
);
create index generation_source_of_parent on generation_source (parent) where parent is not null;

-- Where the media of an asset are, as asset-service told.
alter table asset_fact add column master jsonb;
alter table asset_fact add column poster jsonb;

-- What a client's library may send again without a key of its own, after an answer was lost.
create table request_fingerprint (
  workspace  text        not null,
  subject    text        not null,
  request    text        not null, -- digest of what is asked
  generation text        not null references generation deferrable initially deferred,
  repeat     boolean     not null, -- written by a repeat, whose first try may still be under way
  created_at timestamptz not null,
  primary key (workspace, subject, request)
);
create index request_fingerprint_by_age on request_fingerprint (created_at);
