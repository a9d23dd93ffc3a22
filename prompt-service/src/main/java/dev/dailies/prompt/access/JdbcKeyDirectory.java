package dev.dailies.prompt.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.dailies.contracts.WorkspaceId;
import dev.dailies.contracts.event.ActorKind;
import dev.dailies.edge.KeyDirectory;
import dev.dailies.edge.Principal;
import dev.dailies.edge.Role;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Principals from this service's own database, remembered for a moment. */
final class JdbcKeyDirectory implements KeyDirectory {
  private static final int MOST_REMEMBERED = 10_000;

  private final JdbcClient jdbc;
  private final Consumer<String> used;
  private final Cache<String, Optional<Principal>> keys;
  private final Cache<String, List<Principal>> people;
  private volatile boolean ready;

  /**
   * With its parts.
   *
   * @param memory how long what was looked up is believed
   * @param used is told the id of each key that is found
   */
  JdbcKeyDirectory(JdbcClient jdbc, Duration memory, Consumer<String> used) {
    this.jdbc = jdbc;
    this.used = used;
    this.keys = Caffeine.newBuilder().maximumSize(MOST_REMEMBERED).expireAfterWrite(memory).build();
    this.people =
        Caffeine.newBuilder().maximumSize(MOST_REMEMBERED).expireAfterWrite(memory).build();
  }

  /** The configured keys are in the database: an unknown key is unknown for good. */
  void markReady() {
    ready = true;
  }

  /** Looks everybody up anew: something was changed here. */
  void forget() {
    keys.invalidateAll();
    people.invalidateAll();
  }

  @Override
  public boolean ready() {
    return ready;
  }

  @Override
  public Optional<Principal> find(String secretSha256) {
    // A crowd with one key asks the database once.
    Optional<Principal> known = keys.get(secretSha256, this::readKey);
    known.map(Principal::subject).ifPresent(used);
    return known;
  }

  @Override
  public List<Principal> findMemberships(String identity) {
    return people.get(identity, this::readMemberships);
  }

  private Optional<Principal> readKey(String secretSha256) {
    return jdbc.sql(
            """
            select k.id, k.workspace, k.roles, k.scopes
            from access_key k join workspace w on w.name = k.workspace
            where (k.secret_sha256 = :secret
                or k.previous_sha256 = :secret and k.previous_until > clock_timestamp())
              and w.active
              and k.revoked_at is null
              and (k.expires_at is null or k.expires_at > clock_timestamp())
            """)
        .param("secret", secretSha256)
        .query((row, number) ->
            principal(row, ActorKind.KEY, Set.copyOf(JdbcRows.texts(row, "scopes"))))
        .optional();
  }

  private List<Principal> readMemberships(String identity) {
    return jdbc.sql(
            """
            select m.id, m.workspace, m.roles
            from member m join workspace w on w.name = m.workspace
            where m.identities @> array[:identity]::text[] and m.active and w.active
            order by m.id
            """)
        .param("identity", identity)
        .query((row, number) -> principal(row, ActorKind.PERSON, Set.of()))
        .list();
  }

  private static Principal principal(ResultSet row, ActorKind kind, Set<String> scopes)
      throws SQLException {
    return new Principal(
        new WorkspaceId(row.getString("workspace")),
        row.getString("id"),
        kind,
        Role.ofWire(JdbcRows.texts(row, "roles")),
        scopes);
  }
}
