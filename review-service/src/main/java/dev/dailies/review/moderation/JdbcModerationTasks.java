package dev.dailies.review.moderation;

import dev.dailies.messaging.TraceParent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Tasks as rows of a table, claimed with {@code skip locked}. */
final class JdbcModerationTasks implements ModerationTasks {
  private final JdbcClient jdbc;
  private final TransactionTemplate transactions;
  private final DecisionLog decisions;
  private final TraceParent trace;
  private final WakeUp wakeUp;

  JdbcModerationTasks(
      JdbcClient jdbc,
      TransactionTemplate transactions,
      DecisionLog decisions,
      TraceParent trace,
      WakeUp wakeUp) {
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.decisions = decisions;
    this.trace = trace;
    this.wakeUp = wakeUp;
  }

  @Override
  public void request(String asset, String workspace, String generation, Optional<String> cause) {
    jdbc.sql(
            """
            insert into moderation_task (asset, workspace, generation, cause, trace)
            values (:asset, :workspace, :generation, :cause, :trace)
            on conflict do nothing
            """)
        .param("asset", asset)
        .param("workspace", workspace)
        .param("generation", generation)
        .param("cause", cause.orElse(null))
        .param("trace", trace.current().orElse(null))
        .update();
    wakeAfterCommit();
  }

  @Override
  public void textArrived(String generation) {
    int due =
        jdbc.sql(
                """
                update moderation_task set due_at = now()
                where generation = :generation and state = 'OPEN' and waits_for = :reason
                  and due_at > now()
                """)
            .param("generation", generation)
            .param("reason", NextStep.Reason.TEXT_MISSING.code())
            .update();
    if (due > 0) {
      wakeAfterCommit();
    }
  }

  private void wakeAfterCommit() {
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void afterCommit() {
            wakeUp.call();
          }
        });
  }

  @Override
  public List<ClaimedTask> claim(int most, Duration lease) {
    return jdbc.sql(
            """
            with due as (
              select asset from moderation_task
              where state = 'OPEN' and due_at <= now()
                and (lease_until is null or lease_until < now())
              order by due_at
              limit :most
              for update skip locked)
            update moderation_task t
            set lease_token = gen_random_uuid(), attempts = t.attempts + 1,
                lease_until = now() + make_interval(secs => :lease)
            from due where t.asset = due.asset
            returning t.*, extract(epoch from now() - t.requested_at) as age
            """)
        .param("most", most)
        .param("lease", seconds(lease))
        .query(JdbcModerationTasks::task)
        .list();
  }

  private static ClaimedTask task(ResultSet row, int number) throws SQLException {
    return new ClaimedTask(
        row.getString("asset"),
        row.getString("workspace"),
        row.getString("generation"),
        row.getObject("lease_token", UUID.class),
        Duration.ofMillis((long) (row.getDouble("age") * 1000)),
        row.getInt("attempts"),
        row.getInt("failures"),
        Optional.ofNullable(row.getString("cause")),
        Optional.ofNullable(row.getString("trace")));
  }

  @Override
  public void renew(Collection<UUID> leases, Duration lease) {
    jdbc.sql(
            """
            update moderation_task set lease_until = now() + make_interval(secs => :lease)
            where lease_token = any(:leases) and state = 'OPEN'
            """)
        .param("lease", seconds(lease))
        .param("leases", leases.toArray(UUID[]::new))
        .update();
  }

  @Override
  public void defer(ClaimedTask task, NextStep.Reason reason, Duration delay) {
    // A text that arrived between the look and this write must not wait out the delay.
    jdbc.sql(
            """
            update moderation_task t
            set lease_token = null, lease_until = null, waits_for = :reason,
                failures = t.failures + :failure,
                due_at = case
                  when :reason = 'text_missing'
                    and exists (select from take k where k.generation = t.generation) then now()
                  else now() + make_interval(secs => :delay) end
            where t.asset = :asset and t.lease_token = :lease and t.state = 'OPEN'
            """)
        .param("reason", reason.code())
        .param("failure", reason.isFailure() ? 1 : 0)
        .param("delay", seconds(delay))
        .param("asset", task.asset())
        .param("lease", task.lease())
        .update();
  }

  @Override
  public void drop(ClaimedTask task) {
    end(task);
  }

  @Override
  public boolean decide(ClaimedTask task, Verdict verdict) {
    return Boolean.TRUE.equals(
        transactions.execute(status ->
            end(task)
                && decisions
                    .append(
                        new DecisionLog.Draft(
                            task.asset(),
                            task.workspace(),
                            task.generation(),
                            verdict,
                            Optional.empty(),
                            List.of(),
                            task.cause()),
                        0)
                    .isPresent()));
  }

  private boolean end(ClaimedTask task) {
    return jdbc.sql(
                """
                update moderation_task set state = 'DONE', lease_token = null, lease_until = null
                where asset = :asset and lease_token = :lease and state = 'OPEN'
                """)
            .param("asset", task.asset())
            .param("lease", task.lease())
            .update()
        == 1;
  }

  @Override
  public Backlog backlog() {
    return jdbc.sql(
            """
            select count(*) as waiting,
                   coalesce(extract(epoch from now() - min(requested_at)), 0) as oldest,
                   (select count(*) from moderation where outcome = 'HOLD') as held
            from moderation_task where state = 'OPEN'
            """)
        .query((row, n) ->
            new Backlog(
                row.getLong("waiting"),
                Duration.ofMillis((long) (row.getDouble("oldest") * 1000)),
                row.getLong("held")))
        .single();
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }
}
