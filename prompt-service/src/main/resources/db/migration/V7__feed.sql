-- What watchers are to be told, as the transactions write it that change a state. The ids don't
-- follow the commits, so nobody reads behind a cursor here: the sequencer takes the rows out.
create table feed_pending (
  id         bigint      generated always as identity primary key,
  workspace  text        not null,
  generation text        not null,
  shot       text        not null,
  project    text,
  brief      text,
  state      text        not null, -- of the generation, once the transaction was done
  type       text        not null,
  facts      text        not null, -- JSON, without free text
  at         timestamptz not null default clock_timestamp()
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);

-- The same rows in the order in which they are told. Written under the lock of feed_head, so they
-- are committed in the order of their positions, and nothing appears behind a cursor.
create table feed_entry (
  position   bigint      primary key,
  workspace  text        not null,
  place      bigint      not null, -- 1, 2, 3 in each workspace, without a gap
  generation text        not null,
  shot       text        not null,
  project    text,
  brief      text,
  state      text        not null,
  type       text        not null,
  facts      text        not null,
  at         timestamptz not null,
  unique (workspace, place)
);
create index feed_entry_of_generation on feed_entry (generation, place);

-- The last position. Who holds this row's lock is the sequencer.
create table feed_head (
  sole     boolean primary key default true check (sole),
  position bigint  not null
);
insert into feed_head (position) values (0);

-- The last place of each workspace; outlives its entries.
create table feed_workspace (
  workspace text   primary key,
  place     bigint not null
);
