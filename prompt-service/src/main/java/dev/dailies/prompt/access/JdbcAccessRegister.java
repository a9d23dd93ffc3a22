package dev.dailies.prompt.access;

import dev.dailies.contracts.KeyId;
import dev.dailies.contracts.WorkspaceId;
import dev.dailies.contracts.event.Actor;
import dev.dailies.contracts.event.ActorKind;
import dev.dailies.contracts.event.Workspace;
import dev.dailies.edge.Role;
import dev.dailies.messaging.Outbox;
import dev.dailies.prompt.audit.Audit;
import dev.dailies.prompt.audit.AuditEntry;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Workspaces and keys in PostgreSQL; each change goes out through the outbox with its version. */
final class JdbcAccessRegister implements AccessRegister {
  /** Any number, the same in every process: two that start at once take turns. */
  private static final long CONFIGURE_LOCK = 0x6461696c696573L;

  private static final Actor CONFIGURATION = new Actor(ActorKind.COMPONENT, "configuration");

  private final JdbcClient jdbc;
  private final Outbox outbox;
  private final Audit audit;
  private final TransactionTemplate transactions;

  JdbcAccessRegister(
      JdbcClient jdbc, Outbox outbox, Audit audit, TransactionTemplate transactions) {
    this.jdbc = jdbc;
    this.outbox = outbox;
    this.audit = audit;
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
                returning k.*
                """)
            .param("id", KeyId.mint().value())
            .param("workspace", key.workspace().value())
            .param("secret", key.secretSha256())
            .param("roles", key.roles().stream().map(Role::wire).sorted().toArray(String[]::new))
            .query((row, number) -> JdbcKeyStore.key(row))
            .list());
  }

  private void revokeOthers(String[] kept) {
    publish(
        jdbc.sql(
                """
                update access_key set version = version + 1, revoked_at = clock_timestamp()
                where configured and revoked_at is null and secret_sha256 <> all(:kept)
                returning *
                """)
            .param("kept", kept)
            .query((row, number) -> JdbcKeyStore.key(row))
            .list());
  }

  private void publish(List<ApiKey> changed) {
    for (ApiKey key : changed) {
      outbox.state(key.id().value(), key.workspace().value(), key.state());
      boolean revoked = key.revokedAt().isPresent();
      audit.record(
          new AuditEntry(
              key.workspace(),
              CONFIGURATION,
              revoked ? "key.revoked" : "key.configured",
              key.id().value(),
              Map.of(),
              Map.of("roles", ApiKey.names(key.roles()), "version", key.version())));
    }
  }
}
