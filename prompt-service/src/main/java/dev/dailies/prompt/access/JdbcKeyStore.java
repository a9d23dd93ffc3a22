package dev.dailies.prompt.access;

import dev.dailies.contracts.KeyId;
import dev.dailies.contracts.WorkspaceId;
import dev.dailies.edge.Role;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Keys in PostgreSQL. */
final class JdbcKeyStore implements KeyStore {
  private final JdbcClient jdbc;

  JdbcKeyStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public Optional<ApiKey> find(WorkspaceId workspace, KeyId id) {
    return jdbc.sql("select * from access_key where workspace = :workspace and id = :id")
        .param("workspace", workspace.value())
        .param("id", id.value())
        .query((row, number) -> key(row))
        .optional();
  }

  @Override
  public List<ApiKey> list(
      WorkspaceId workspace, Optional<String> createdBy, Optional<String> after, int limit) {
    return jdbc.sql(
            """
            select * from access_key where workspace = :workspace and id > :after
              and (cast(:by as text) is null or created_by = :by)
            order by id limit :limit
            """)
        .param("workspace", workspace.value())
        .param("by", createdBy.orElse(null), Types.VARCHAR)
        .param("after", after.orElse(""))
        .param("limit", limit)
        .query((row, number) -> key(row))
        .list();
  }

  @Override
  public List<ApiKey> usableMadeBy(WorkspaceId workspace, String subject) {
    return jdbc.sql(
            """
            select * from access_key where workspace = :workspace and created_by = :subject
              and not configured and revoked_at is null
              and (expires_at is null or expires_at > clock_timestamp())
            order by id
            """)
        .param("workspace", workspace.value())
        .param("subject", subject)
        .query((row, number) -> key(row))
        .list();
  }

  @Override
  public int usable(WorkspaceId workspace) {
    return jdbc.sql(
            """
            select count(*) from access_key where workspace = :workspace and revoked_at is null
              and (expires_at is null or expires_at > clock_timestamp())
            """)
        .param("workspace", workspace.value())
        .query(Integer.class)
        .single();
  }

  @Override
  public void add(ApiKey key) {
    jdbc.sql(
            """
            insert into access_key (id, version, workspace, name, prefix, secret_sha256, roles,
              scopes, expires_at, configured, created_at, created_by)
            values (:id, :version, :workspace, :name, :prefix, :secret, :roles,
              :scopes, :expires, :configured, :created, :by)
            """)
        .param("id", key.id().value())
        .param("version", key.version())
        .param("workspace", key.workspace().value())
        .param("name", key.name().orElse(null), Types.VARCHAR)
        .param("prefix", key.prefix().orElse(null), Types.VARCHAR)
        .param("secret", key.secretSha256())
        .param("roles", JdbcRows.array(ApiKey.names(key.roles())))
        .param("scopes", JdbcRows.array(key.scopes()))
        .param("expires", JdbcRows.column(key.expiresAt()), Types.TIMESTAMP_WITH_TIMEZONE)
        .param("configured", key.configured())
        .param("created", key.createdAt().atOffset(ZoneOffset.UTC))
        .param("by", key.createdBy().orElse(null), Types.VARCHAR)
        .update();
  }

  @Override
  public void replace(ApiKey key) {
    jdbc.sql(
            """
            update access_key set version = :version, prefix = :prefix, secret_sha256 = :secret,
              revoked_at = :revoked, previous_sha256 = :previous, previous_until = :until
            where id = :id
            """)
        .param("id", key.id().value())
        .param("version", key.version())
        .param("prefix", key.prefix().orElse(null), Types.VARCHAR)
        .param("secret", key.secretSha256())
        .param("revoked", JdbcRows.column(key.revokedAt()), Types.TIMESTAMP_WITH_TIMEZONE)
        .param("previous", key.previousSha256().orElse(null), Types.VARCHAR)
        .param("until", JdbcRows.column(key.previousUntil()), Types.TIMESTAMP_WITH_TIMEZONE)
        .update();
  }

  @Override
  public void used(Map<String, Instant> lastUsed) {
    List<Map.Entry<String, Instant>> all =
        lastUsed.entrySet().stream().sorted(Map.Entry.comparingByKey()).toList();
    jdbc.sql(
            """
            update access_key k set last_used_at = u.at
            from unnest(cast(:ids as text[]), cast(:times as timestamptz[])) as u (id, at)
            where k.id = u.id and (k.last_used_at is null or k.last_used_at < u.at)
            """)
        .param("ids", all.stream().map(Map.Entry::getKey).toArray(String[]::new))
        .param("times", all.stream().map(used -> used.getValue().toString()).toArray(String[]::new))
        .update();
  }

  static ApiKey key(ResultSet row) throws SQLException {
    return new ApiKey(
        new KeyId(row.getString("id")),
        row.getLong("version"),
        new WorkspaceId(row.getString("workspace")),
        JdbcRows.text(row, "name"),
        JdbcRows.text(row, "prefix"),
        row.getString("secret_sha256"),
        Role.ofWire(JdbcRows.texts(row, "roles")),
        Set.copyOf(JdbcRows.texts(row, "scopes")),
        JdbcRows.time(row, "expires_at"),
        JdbcRows.time(row, "revoked_at"),
        JdbcRows.text(row, "previous_sha256"),
        JdbcRows.time(row, "previous_until"),
        row.getBoolean("configured"),
        JdbcRows.time(row, "created_at").orElseThrow(),
        JdbcRows.text(row, "created_by"),
        JdbcRows.time(row, "last_used_at"));
  }
}
