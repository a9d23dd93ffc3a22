-- The trace in which a request was accepted: its renders are steps of it, however late they start.
alter table generation add column trace_parent text;
