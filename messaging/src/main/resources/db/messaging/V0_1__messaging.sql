-- What a service has to say, written in the transaction that makes it true and sent by a relay.
create table outbox (
  id         bigint generated always as identity primary key,
  shard      smallint    not null,
  topic      text        not null,
  key        text        not null,
  payload    bytea,                -- null is a tombstone
  headers    text[]      not null, -- names and values in turn
  created_at timestamptz not null default clock_timestamp()
);
create index outbox_by_shard on outbox (shard, id);

-- The last sequence number given out per aggregate. The row lock also orders the transactions that
-- speak of one aggregate, so that ids in the outbox follow the order of commits.
create table aggregate_sequence (
  aggregate    text   not null,
  aggregate_id text   not null,
  last         bigint not null,
  primary key (aggregate, aggregate_id)
);

-- What a consumer has seen of each producer's aggregate: the highest number, and those below it
-- that have not arrived. A number that is neither above nor missing is a repeat.
create table inbox (
  consumer     text     not null,
  source       text     not null,
  aggregate    text     not null,
  aggregate_id text     not null,
  high         bigint   not null,
  missing      bigint[] not null default '{}',
  primary key (consumer, source, aggregate, aggregate_id)
);
