-- Sweeping finds what it has to do by one small index, passes over what could not be removed a moment
-- ago, and comes back once more when an upload has expired.
alter table reference_upload
  add column swept      boolean     not null default false, -- its pieces were removed
  add column not_before timestamptz not null default '-infinity';
create index reference_upload_dead on reference_upload (not_before) where gone and not swept;
