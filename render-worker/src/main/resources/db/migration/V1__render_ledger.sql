-- The render ledger: one database for all workers of a pool. What stands here decides what is paid
-- for, so every change of a render's state is one compare-and-set on state, owner and token, and
-- every time is this database's.

create table endpoint (
  name          text primary key,
  slots         integer     not null check (slots >= 0),
  closed_until  timestamptz,          -- no submit before: the endpoint asked for a pause
  closed_reason text
);

create table render (
  render              text primary key,         -- minted by dispatch; makes a job a no-op the second time
  generation          text        not null,
  workspace           text        not null,
  attempt             integer     not null,     -- 0: cancelled before its job was seen
  state               text        not null check (state in (
                        'CLAIMED', 'SUBMITTING', 'SUBMITTED', 'RENDERED', 'PARKED',
                        'COMPLETED', 'FAILED', 'RELEASED', 'CANCELLED')),
  owner               text,
  token               bigint      not null default 1,   -- grows with each change of owner: the fence
  lease_until         timestamptz,
  job                 bytea,                    -- holds the prompt: gone when the render ends
  trace_parent        text,
  endpoint            text references endpoint,
  client_reference    text,                     -- durable before the first byte of the create
  plan                text,                     -- what is submitted, as JSON without free text
  vendor_id           text,                     -- durable before the first poll
  origin              text,
  quiet_from          timestamptz,              -- no byte of the create left after this
  percent             integer     not null default 0,
  cost_amount         numeric(18, 6),
  cost_currency       text,
  cost_reported       boolean,
  seed_used           bigint,
  model_version       text,
  end_reason          text,
  claimed_at          timestamptz,
  submitting_at       timestamptz,
  accepted_at         timestamptz,
  finished_at         timestamptz,
  ended_at            timestamptz,
  parked_at           timestamptz,
  cancel_requested_at timestamptz,
  decisions           text[]      not null default '{}',  -- ids of the decisions taken on it while parked
  constraint text_is_wiped_at_the_end check (
    (state in ('COMPLETED', 'FAILED', 'RELEASED', 'CANCELLED')) = (job is null)),
  constraint reference_before_send check (
    state not in ('SUBMITTING', 'SUBMITTED', 'RENDERED') or client_reference is not null),
  constraint id_before_poll check (
    state not in ('SUBMITTED', 'RENDERED') or (vendor_id is not null and origin is not null))
);

-- A job at an endpoint belongs to one render. Only among living ones: a restarted server may count
-- its ids from the beginning.
create unique index render_by_vendor_id on render (origin, vendor_id)
  where state in ('SUBMITTED', 'RENDERED');
create index render_by_lease on render (lease_until)
  where state in ('CLAIMED', 'SUBMITTING', 'SUBMITTED', 'RENDERED');
create index render_by_owner on render (owner)
  where state in ('CLAIMED', 'SUBMITTING', 'SUBMITTED', 'RENDERED');
create index render_by_generation on render (generation);

-- One row is one unit of paid concurrency. Taken with skip locked; belongs to its render until the
-- paid work is decided, whatever becomes of the lease.
create table slot (
  endpoint   text        not null references endpoint,
  number     integer     not null,
  render     text unique references render,
  kept_until timestamptz,             -- of a parked render: when its longest run has passed
  primary key (endpoint, number)
);
