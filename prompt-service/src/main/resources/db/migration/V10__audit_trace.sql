-- With which key somebody acted, by its prefix at that time, and in which trace.
alter table audit_entry
  add column key_prefix text,
  add column trace_id   text;

-- Most entries tell of accepted requests: what is rarer is found without reading them all.
create index audit_of_action on audit_entry (workspace, action, id desc);
