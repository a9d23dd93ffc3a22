package dev.dailies.prompt.access;

import dev.dailies.contracts.WorkspaceId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Workspaces in PostgreSQL. */
final class JdbcWorkspaceStore implements WorkspaceStore {
  private final JdbcClient jdbc;

  JdbcWorkspaceStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public Optional<Tenant> find(WorkspaceId name) {
    return jdbc.sql("select * from workspace where name = :name")
        .param("name", name.value())
        .query((row, number) -> tenant(row))
        .optional();
  }

  @Override
  public Tenant lock(WorkspaceId name) {
    return jdbc.sql("select * from workspace where name = :name for no key update")
        .param("name", name.value())
        .query((row, number) -> tenant(row))
        .single();
  }

  @Override
  public Optional<Tenant> open(WorkspaceId name, String title) {
    return jdbc.sql(
            """
            insert into workspace (name, version, title) values (:name, 1, :title)
            on conflict do nothing returning *
            """)
        .param("name", name.value())
        .param("title", title)
        .query((row, number) -> tenant(row))
        .optional();
  }

  @Override
  public List<Tenant> list(Optional<String> after, int limit) {
    return jdbc.sql("select * from workspace where name > :after order by name limit :limit")
        .param("after", after.orElse(""))
        .param("limit", limit)
        .query((row, number) -> tenant(row))
        .list();
  }

  @Override
  public Tenant setActive(WorkspaceId name, boolean active) {
    return jdbc.sql(
            """
            update workspace set version = version + 1, active = :active where name = :name
            returning *
            """)
        .param("name", name.value())
        .param("active", active)
        .query((row, number) -> tenant(row))
        .single();
  }

  @Override
  public Tenant rename(WorkspaceId name, String title) {
    return jdbc.sql(
            """
            update workspace set version = version + 1, title = :title where name = :name
            returning *
            """)
        .param("name", name.value())
        .param("title", title)
        .query((row, number) -> tenant(row))
        .single();
  }

  @Override
  public int ownersWithout(WorkspaceId workspace, Set<String> except, Optional<String> issuer) {
    return jdbc.sql(
            """
            select (select count(*) from access_key
                    where workspace = :workspace and id <> all (:except) and 'owner' = any (roles)
                      and scopes = '{}' and revoked_at is null and expires_at is null)
                 + (select count(*) from member
                    where workspace = :workspace and id <> all (:except) and 'owner' = any (roles)
                      and active and issuer = cast(:issuer as text))
            """)
        .param("workspace", workspace.value())
        .param("except", JdbcRows.array(except))
        .param("issuer", issuer.orElse(null), Types.VARCHAR)
        .query(Integer.class)
        .single();
  }

  private static Tenant tenant(ResultSet row) throws SQLException {
    return new Tenant(
        new WorkspaceId(row.getString("name")),
        row.getLong("version"),
        row.getString("title"),
        row.getBoolean("active"),
        JdbcRows.time(row, "created_at").orElseThrow());
  }
}
