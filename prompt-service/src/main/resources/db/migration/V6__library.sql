-- What work is filed under. Titles may be free text: they stay in these tables.
create table project (
  id         text        primary key,
  workspace  text        not null,
  version    bigint      not null,
  title      text        not null,
  archived   boolean     not null default false,
  created_at timestamptz not null,
  changed_at timestamptz not null
);
create index project_of_workspace on project (workspace, id);
create unique index project_title on project (workspace, lower(title)) where not archived;

create table brief (
  id         text        primary key,
  workspace  text        not null,
  project    text        not null references project,
  version    bigint      not null,
  title      text        not null,
  archived   boolean     not null default false,
  created_at timestamptz not null,
  changed_at timestamptz not null
);
create index brief_of_workspace on brief (workspace, id);
create index brief_of_project on brief (project, id);
create unique index brief_title on brief (project, lower(title)) where not archived;

alter table shot
  add column title      text,
  add column dimensions jsonb not null default '{}',
  add column changed_at timestamptz,
  add foreign key (project) references project,
  add foreign key (brief) references brief;
create index shot_of_workspace on shot (workspace, id);
create index shot_of_project on shot (project, id) where project is not null;
create index shot_of_brief on shot (brief, id) where brief is not null;

-- A shot never moves, so its generations may say where it lies: lists need no join to be in order.
alter table generation
  add column project    text,
  add column brief      text,
  add column dimensions jsonb not null default '{}';
create index generation_accepted on generation (workspace, accepted_at, id);
create index generation_of_model on generation (workspace, model, accepted_at, id);
create index generation_of_project on generation (project, accepted_at, id)
  where project is not null;
create index generation_of_brief on generation (brief, accepted_at, id) where brief is not null;
create index generation_of_shot on generation (shot, accepted_at, id);
create index generation_of_dimension on generation using gin (dimensions jsonb_path_ops)
  where dimensions <> '{}';
create index generation_in_state on generation (workspace, state, accepted_at, id);

-- The words of prompts, to be searched. A table of its own, since each step of a generation would
-- write its words into the index again; kept by a trigger, so that erasing the words erases these.
create table generation_search (
  generation text     primary key references generation on delete cascade,
  workspace  text     not null,
  words      tsvector not null
);
create index generation_search_words on generation_search using gin (words);

create function generation_searchable() returns trigger language plpgsql as $$
begin
  if new.words is null then
    delete from generation_search where generation = new.id;
  else
    insert into generation_search (generation, workspace, words)
    values (new.id, new.workspace,
      to_tsvector('simple', coalesce(new.words ->> 'prompt', '')))
    on conflict (generation) do update set words = excluded.words;
  end if;
  return null;
end $$;
create trigger generation_searchable after insert or update of words on generation
  for each row execute function generation_searchable();
insert into generation_search (generation, workspace, words)
select id, workspace, to_tsvector('simple', coalesce(words ->> 'prompt', ''))
from generation where words is not null;
