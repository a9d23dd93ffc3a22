package dev.dailies.asset.catalogue;

import dev.dailies.contracts.GenerationId;
import dev.dailies.contracts.WorkspaceId;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Texts in PostgreSQL; of an erased generation the row stays, without its text. */
final class JdbcPromptShelf implements PromptShelf {
  private final JdbcClient jdbc;

  JdbcPromptShelf(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public void keep(GenerationId generation, WorkspaceId workspace, long version, String prompt) {
    jdbc.sql(
            """
            insert into generation_text as t (generation, workspace, version, prompt)
            values (?, ?, ?, ?)
            on conflict (generation) do update
              set version = excluded.version, prompt = excluded.prompt
              where not t.erased and t.version < excluded.version
            """)
        .params(generation.value(), workspace.value(), version, prompt)
        .update();
  }

  @Override
  public void erase(GenerationId generation, WorkspaceId workspace) {
    jdbc.sql(
            """
            insert into generation_text as t (generation, workspace, version, erased)
            values (?, ?, 0, true)
            on conflict (generation) do update set prompt = null, erased = true
            """)
        .params(generation.value(), workspace.value())
        .update();
  }
}
