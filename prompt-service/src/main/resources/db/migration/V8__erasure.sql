-- Erasure: who wants it since when, when it was done here, and since when the other services have
-- nothing left. The row stays, with facts and without text.
alter table generation
  add column erase_asked_at     timestamptz,
  add column erase_actor_kind   text,
  add column erase_actor        text,
  add column erased_at          timestamptz,
  add column media_removed_at   timestamptz,
  add column reviews_removed_at timestamptz,
  add constraint erased_for_good check (
    erased_at is null
    or (words is null and metadata is null and erase_asked_at is not null and ended_at is not null));
