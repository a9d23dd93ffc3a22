-- DISCARDED: not needed after all, or never finished; its bytes are removed first, then the row.
-- noted_at is then the time from which the sweeper may take it (again).
alter table reference drop constraint reference_state_check;
alter table reference add constraint reference_state_check check (state in
  ('UPLOADING', 'AWAITED', 'CHECKING', 'READY', 'REJECTED', 'REMOVED', 'DISCARDED'));
drop index reference_uploading;
create index reference_unfinished on reference (noted_at)
  where state in ('UPLOADING', 'DISCARDED');

-- A generation that can't be decided is looked at later: it must not keep others waiting.
alter table generation_reference
  add column look_at timestamptz not null default '-infinity';
