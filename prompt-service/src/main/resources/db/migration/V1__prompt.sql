-- Tenants and the keys that open them.
create table workspace (
  name       text        primary key,
  version    bigint      not null,
  title      text        not null,
  active     boolean     not null default true,
  created_at timestamptz not null default clock_timestamp()
);

create table access_key (
  id            text        primary key,
  version       bigint      not null,
  workspace     text        not null references workspace,
  secret_sha256 text        not null unique,
  roles         text[]      not null,
  scopes        text[]      not null default '{}',
  expires_at    timestamptz,
  revoked_at    timestamptz,
  configured    boolean     not null, -- comes from configuration, and is revoked when it leaves it
  created_at    timestamptz not null default clock_timestamp()
);

-- A wanted video. Every generation belongs to one.
create table shot (
  id         text        primary key,
  workspace  text        not null,
  version    bigint      not null,
  project    text,
  brief      text,
  brief_row  text,
  archived   boolean     not null default false,
  created_at timestamptz not null
);

create table generation (
  id                 text        primary key,
  queue_position     bigint      generated always as identity,
  workspace          text        not null,
  shot               text        not null references shot,
  pool               text        not null,
  model              text        not null,
  state              text        not null check (state in
                       ('WAITING', 'RELEASED', 'RUNNING', 'RENDERED',
                        'COMPLETED', 'FAILED', 'REFUSED', 'CANCELLED')),
  held               boolean     not null, -- has a row in generation_hold; written with it
  form               jsonb       not null, -- what may be kept for ever
  words              jsonb,                -- the free text; null once erased
  metadata           jsonb,                -- the client's own; null once erased
  estimate_amount    numeric(18, 6),
  estimate_currency  text,
  settled_attempt    integer     not null default 0, -- the attempt whose end was acted upon
  accepted_at        timestamptz not null,
  cancel_asked_at    timestamptz,
  ended_at           timestamptz,
  render             text,                 -- whose result was taken
  asset              text,
  cancelled_too_late boolean     not null default false,
  failure_kind       text,
  failure_retry      text,
  failure_billing    text,
  failure_code       text,
  failure_vendor     text
);
create index generation_releasable on generation (pool, queue_position)
  where state = 'WAITING' and not held;
create index generation_of_workspace on generation (workspace, id);
create index generation_open on generation (state)
  where state in ('WAITING', 'RELEASED', 'RUNNING', 'RENDERED');

-- Why a waiting generation may not be released yet. Without a time, until it is lifted.
create table generation_hold (
  generation text not null references generation,
  name       text not null,
  until      timestamptz,
  primary key (generation, name)
);
create index generation_hold_lapsing on generation_hold (until) where until is not null;

-- One attempt. Rows are minted by dispatch; all else is told by the workers.
create table render (
  id             text        primary key,
  generation     text        not null references generation,
  pool           text        not null,
  attempt        integer     not null,
  endpoint_model text        not null,
  state          text        not null check (state in
                   ('QUEUED', 'CLAIMED', 'SUBMITTED', 'PARKED',
                    'COMPLETED', 'FAILED', 'RELEASED', 'CANCELLED')),
  sequence       bigint      not null default 0, -- of the event that gave the state
  reason         text        not null,           -- why the attempt was made
  minted_at      timestamptz not null,
  handed_out_at  timestamptz not null,           -- when the job was last published
  claimed_at     timestamptz,
  submitted_at   timestamptz,
  parked_at      timestamptz,
  ended_at       timestamptz,
  worker         text,
  worker_sequence bigint     not null default 0, -- of the claim that named the worker
  endpoint       text,
  vendor_id      text,
  origin         text,
  park_reason    text,
  progress       integer     not null default 0,
  counts         boolean     not null default true,
  not_before     timestamptz,
  failure_kind   text,
  failure_retry  text,
  failure_billing text,
  failure_code   text,
  failure_vendor text,
  cost_amount    numeric(18, 6),
  cost_currency  text,
  cost_basis     text,
  unique (generation, attempt)
);
-- There is no attempt n+1 while n is undecided: not by care, by the database.
create unique index render_undecided on render (generation)
  where state in ('QUEUED', 'CLAIMED', 'SUBMITTED', 'PARKED');
create index render_undecided_of_pool on render (pool, state)
  where state in ('QUEUED', 'CLAIMED', 'SUBMITTED', 'PARKED');

-- What others say of an asset. Each fact is replaced only by a later word on the same fact.
create table asset_fact (
  asset               text   primary key,
  generation          text,   -- an approval does not name it; other facts do
  render              text,
  technical           text,   -- READY, REJECTED, SURPLUS
  technical_sequence  bigint not null default 0,
  technical_at        timestamptz,
  finding             text,   -- the first fatal one
  retry_could_help    boolean not null default false,
  view                text,   -- VIEWABLE, WITHHELD
  view_sequence       bigint not null default 0,
  view_at             timestamptz,
  moderation          text,   -- CLEAR, HOLD, BLOCK
  moderation_decision bigint not null default -1,
  moderation_at       timestamptz,
  selection           text,   -- SELECTED, REJECTED, OPEN
  selection_sequence  bigint not null default 0,
  selection_at        timestamptz,
  approval            text,   -- APPROVED, CHANGES_REQUESTED, WITHDRAWN
  approval_sequence   bigint not null default 0,
  approval_at         timestamptz
);
create index asset_fact_of_generation on asset_fact (generation);

-- The first answer to an Idempotency-Key, and a digest of what was asked.
create table idempotency_key (
  workspace  text        not null,
  key        text        not null,
  request    text        not null,
  generation text        not null references generation deferrable initially deferred,
  created_at timestamptz not null,
  primary key (workspace, key)
);

-- Who dispatches a pool. By the database's clock; the token grows with each change of owner.
create table dispatch_lease (
  pool       text        primary key,
  owner      text        not null,
  token      bigint      not null,
  expires_at timestamptz not null
);
