package dev.dailies.prompt.access;

import dev.dailies.contracts.WorkspaceId;
import dev.dailies.contracts.event.ActorKind;
import dev.dailies.edge.KeyDirectory;
import dev.dailies.edge.Principal;
import dev.dailies.edge.Role;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Principals from this service's own database, remembered for a moment. */
final class JdbcKeyDirectory implements KeyDirectory {
  private static final int MOST_REMEMBERED = 10_000;

  private final JdbcClient jdbc;
  private final Clock clock;
  private final Duration memory;
  private final Map<String, Remembered> remembered =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Remembered> eldest) {
          return size() > MOST_REMEMBERED;
        }
      };
  private volatile boolean ready;

  private record Remembered(Optional<Principal> principal, Instant until) {}

  JdbcKeyDirectory(JdbcClient jdbc, Clock clock, Duration memory) {
    this.jdbc = jdbc;
    this.clock = clock;
    this.memory = memory;
  }

  /** The configured keys are in the database: an unknown key is unknown for good. */
  void markReady() {
    ready = true;
  }

  @Override
  public boolean ready() {
    return ready;
  }

  @Override
  public Optional<Principal> find(String secretSha256) {
    Instant now = clock.instant();
    synchronized (remembered) {
      Remembered known = remembered.get(secretSha256);
      if (known != null && known.until().isAfter(now)) {
        return known.principal();
      }
    }
    Optional<Principal> found = read(secretSha256);
    synchronized (remembered) {
      remembered.remove(secretSha256);
      remembered.put(secretSha256, new Remembered(found, now.plus(memory)));
    }
    return found;
  }

  private Optional<Principal> read(String secretSha256) {
    return jdbc.sql(
            """
            select k.id, k.workspace, k.roles, k.scopes
            from access_key k join workspace w on w.name = k.workspace
            where k.secret_sha256 = :secret and w.active
              and (k.revoked_at is null or k.revoked_at > clock_timestamp())
              and (k.expires_at is null or k.expires_at > clock_timestamp())
            """)
        .param("secret", secretSha256)
        .query((row, number) -> principal(row))
        .optional();
  }

  private static Principal principal(ResultSet row) throws SQLException {
    return new Principal(
        new WorkspaceId(row.getString("workspace")),
        row.getString("id"),
        ActorKind.KEY,
        JdbcAccessRegister.texts(row, "roles").stream()
            .flatMap(name -> Role.ofWire(name).stream())
            .collect(Collectors.toUnmodifiableSet()),
        Set.copyOf(JdbcAccessRegister.texts(row, "scopes")));
  }
}
