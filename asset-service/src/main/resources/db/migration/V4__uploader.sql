-- Who uploaded it here; empty for what another service stored, which tells of it itself.
alter table reference
  add column actor_kind text,
  add column actor      text;
