-- Generations that were erased. The id is kept for good, so that what comes late is removed too;
-- due_at says when their places in the store are cleared next.
create table erasure (
  generation text        primary key,
  workspace  text        not null,
  asked_at   timestamptz not null default clock_timestamp(),
  due_at     timestamptz default clock_timestamp(), -- null: nothing more is expected
  asks       int         not null default 1,        -- how often there was a reason to look
  passes     int         not null default 0,        -- how often the store was cleared
  objects    bigint      not null default 0,        -- removed in all passes
  removed_at timestamptz                            -- end of the last pass
);
create index erasure_due on erasure (due_at) where due_at is not null;
create index erasure_unconfirmed on erasure (asked_at) where passes = 0;
insert into erasure (generation, workspace)
  select generation, workspace from generation_text where erased;

-- A result that was erased before it was taken in.
alter table asset drop constraint asset_state_check;
alter table asset add constraint asset_state_check
  check (state in ('WAITING', 'READY', 'REJECTED', 'SURPLUS', 'ERASED'));

alter table viewing add column erased boolean not null default false;
create index viewing_by_generation on viewing (generation);
