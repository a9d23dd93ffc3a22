package dev.dailies.prompt.generation;

import static dev.dailies.prompt.generation.JdbcColumns.utc;

import dev.dailies.contracts.GenerationId;
import dev.dailies.contracts.WorkspaceId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Keys and fingerprints in PostgreSQL: unique rows, written with their generation. */
final class JdbcRepetitions implements RepetitionStore {
  private static final Duration LIBRARY_PATIENCE = Duration.ofMinutes(10);
  private static final long SWEEP_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final JdbcClient jdbc;
  private final AtomicLong sweepAt = new AtomicLong(System.nanoTime());

  JdbcRepetitions(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public Optional<Remembered> find(WorkspaceId workspace, Repetition repetition, String request) {
    return switch (repetition) {
      case Repetition.None() -> Optional.empty();
      case Repetition.Key(String key) -> key(workspace, key);
      case Repetition.Library library -> fingerprint(workspace, library, request, "");
    };
  }

  @Override
  public Optional<Remembered> remember(
      WorkspaceId workspace,
      Repetition repetition,
      String request,
      GenerationId generation,
      Instant at) {
    return switch (repetition) {
      case Repetition.None() -> Optional.empty();
      case Repetition.Key(String key) -> rememberKey(workspace, key, request, generation, at);
      case Repetition.Library library ->
          rememberFingerprint(workspace, library, request, generation, at);
    };
  }

  private Optional<Remembered> rememberKey(
      WorkspaceId workspace, String key, String request, GenerationId generation, Instant at) {
    int added =
        jdbc.sql(
                """
                insert into idempotency_key (workspace, key, request, generation, created_at)
                values (:workspace, :key, :request, :generation, :at)
                on conflict do nothing
                """)
            .param("workspace", workspace.value())
            .param("key", key)
            .param("request", request)
            .param("generation", generation.value())
            .param("at", utc(at))
            .update();
    return added == 1 ? Optional.empty() : key(workspace, key);
  }

  private Optional<Remembered> key(WorkspaceId workspace, String key) {
    return jdbc.sql(
            """
            select request, generation, created_at from idempotency_key
            where workspace = :workspace and key = :key
            """)
        .param("workspace", workspace.value())
        .param("key", key)
        .query((row, number) -> remembered(row))
        .optional();
  }

  private static Remembered remembered(ResultSet row) throws SQLException {
    return new Remembered(
        row.getString("request"),
        new GenerationId(row.getString("generation")),
        JdbcColumns.time(row, "created_at").orElseThrow());
  }

  /** A second request of the same content that is no repeat takes the place of the first. */
  private Optional<Remembered> rememberFingerprint(
      WorkspaceId workspace,
      Repetition.Library library,
      String request,
      GenerationId generation,
      Instant at) {
    sweep(at);
    if (write(
        """
        insert into request_fingerprint
          (workspace, subject, request, generation, repeat, created_at)
        values (:workspace, :subject, :request, :generation, :repeat, :at)
        on conflict do nothing
        """,
        workspace,
        library,
        request,
        generation,
        at)) {
      return Optional.empty();
    }
    Optional<Remembered> earlier = fingerprint(workspace, library, request, " for update");
    if (earlier.isEmpty()) {
      write(
          """
          update request_fingerprint
          set generation = :generation, repeat = :repeat, created_at = :at
          where workspace = :workspace and subject = :subject and request = :request
          """,
          workspace,
          library,
          request,
          generation,
          at);
    }
    return earlier;
  }

  private boolean write(
      String sql,
      WorkspaceId workspace,
      Repetition.Library library,
      String request,
      GenerationId generation,
      Instant at) {
    return jdbc.sql(sql)
            .param("workspace", workspace.value())
            .param("subject", library.subject())
            .param("request", request)
            .param("generation", generation.value())
            .param("repeat", library.again())
            .param("at", utc(at))
            .update()
        == 1;
  }

  /** What is the same request: not all that asks for the same is. */
  private Optional<Remembered> fingerprint(
      WorkspaceId workspace, Repetition.Library library, String request, String lock) {
    return jdbc.sql(
            """
            select request, generation, created_at, repeat from request_fingerprint
            where workspace = :workspace and subject = :subject and request = :request
            """
                + lock)
        .param("workspace", workspace.value())
        .param("subject", library.subject())
        .param("request", request)
        .query((row, number) ->
            same(library, row) ? Optional.of(remembered(row)) : Optional.<Remembered>empty())
        .optional()
        .flatMap(found -> found);
  }

  private static boolean same(Repetition.Library library, ResultSet row) throws SQLException {
    Instant created = JdbcColumns.time(row, "created_at").orElseThrow();
    return library.again()
        ? created.plus(LIBRARY_PATIENCE).isAfter(library.arrivedAt())
        : row.getBoolean("repeat") && !created.isBefore(library.arrivedAt());
  }

  private void sweep(Instant now) {
    long due = sweepAt.get();
    if (System.nanoTime() - due < 0
        || !sweepAt.compareAndSet(due, System.nanoTime() + SWEEP_NANOS)) {
      return;
    }
    jdbc.sql(
            """
            delete from request_fingerprint where ctid in (
              select ctid from request_fingerprint where created_at < :old
              limit 5000 for update skip locked)
            """)
        .param("old", utc(now.minus(LIBRARY_PATIENCE.multipliedBy(2))))
        .update();
  }
}
