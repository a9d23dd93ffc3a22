package dev.dailies.prompt.access;

import dev.dailies.contracts.KeyId;
import dev.dailies.contracts.WorkspaceId;
import dev.dailies.contracts.event.AccessKey;
import dev.dailies.contracts.event.Workspace;
import dev.dailies.edge.Role;
import dev.dailies.messaging.Outbox;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Workspaces and keys in PostgreSQL; each change goes out through the outbox with its version. */
final class JdbcAccessRegister implements AccessRegister {
  /** Any number, the same in every process: two that start at once take turns. */
  private static final long CONFIGURE_LOCK = 0x6461696c696573L;

  private static final String STATE =
      " returning id, version, workspace, secret_sha256, roles, scopes, expires_at, revoked_at";

  private final JdbcClient jdbc;
  private final Outbox outbox;
  private final TransactionTemplate transactions;

  JdbcAccessRegister(JdbcClient jdbc, Outbox outbox, TransactionTemplate transactions) {
    this.jdbc = jdbc;
    this.outbox = outbox;
    this.transactions = transactions;
  }

  @Override
  public void configure(List<ConfiguredKey> keys) {
    transactions.executeWithoutResult(status -> {
      jdbc.sql("select pg_advisory_xact_lock(:lock)")
          .param("lock", CONFIGURE_LOCK)
          .query((row, number) -> number)
          .list();
      keys.stream().map(ConfiguredKey::workspace).distinct().forEach(this::open);
      keys.forEach(this::put);
      revokeOthers(keys.stream().map(ConfiguredKey::secretSha256).toArray(String[]::new));
    });
  }

  private void open(WorkspaceId workspace) {
    int added =
        jdbc.sql(
                """
                insert into workspace (name, version, title) values (:name, 1, :name)
                on conflict do nothing
                """)
            .param("name", workspace.value())
            .update();
    if (added == 1) {
      outbox.state(
          workspace.value(),
          workspace.value(),
          new Workspace(workspace.value(), 1L, workspace.value(), true));
    }
  }

  private void put(ConfiguredKey key) {
    publish(
        jdbc.sql(
                """
                insert into access_key as k (id, version, workspace, secret_sha256, roles,
                  configured)
                values (:id, 1, :workspace, :secret, :roles, true)
                on conflict (secret_sha256) do update set version = k.version + 1,
                  workspace = excluded.workspace, roles = excluded.roles, revoked_at = null,
                  configured = true
                where (k.workspace, k.roles, k.configured)
                    is distinct from (excluded.workspace, excluded.roles, true)
                  or k.revoked_at is not null
                """
                    + STATE)
            .param("id", KeyId.mint().value())
            .param("workspace", key.workspace().value())
            .param("secret", key.secretSha256())
            .param("roles", key.roles().stream().map(Role::wire).sorted().toArray(String[]::new))
            .query((row, number) -> state(row))
            .list());
  }

  private void revokeOthers(String[] kept) {
    publish(
        jdbc.sql(
                """
                update access_key set version = version + 1, revoked_at = clock_timestamp()
                where configured and revoked_at is null and secret_sha256 <> all(:kept)
                """
                    + STATE)
            .param("kept", kept)
            .query((row, number) -> state(row))
            .list());
  }

  private void publish(List<AccessKey> changed) {
    changed.forEach(key -> outbox.state(key.getKeyId(), key.getWorkspace(), key));
  }

  private static AccessKey state(ResultSet row) throws SQLException {
    return AccessKey.newBuilder()
        .setKeyId(row.getString("id"))
        .setVersion(row.getLong("version"))
        .setWorkspace(row.getString("workspace"))
        .setSecretSha256(row.getString("secret_sha256"))
        .setRoles(texts(row, "roles"))
        .setScopes(texts(row, "scopes"))
        .setExpiresAt(time(row, "expires_at").orElse(null))
        .setRevokedAt(time(row, "revoked_at").orElse(null))
        .build();
  }

  static List<String> texts(ResultSet row, String column) throws SQLException {
    return List.of((String[]) row.getArray(column).getArray());
  }

  static Optional<Instant> time(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
        .map(OffsetDateTime::toInstant);
  }
}
