package dev.dailies.asset.erasure;

import dev.dailies.asset.AssetSteps;
import dev.dailies.asset.delivery.ViewJudge;
import dev.dailies.contracts.AssetId;
import dev.dailies.contracts.GenerationId;
import dev.dailies.contracts.WorkspaceId;
import dev.dailies.contracts.event.AssetErased;
import dev.dailies.messaging.EventOrigin;
import dev.dailies.messaging.Outbox;
import java.sql.Types;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Erasures in PostgreSQL. */
final class JdbcErasures implements Erasures {
  private final JdbcClient jdbc;
  private final TransactionTemplate transactions;
  private final ViewJudge views;
  private final Outbox outbox;

  JdbcErasures(JdbcClient jdbc, TransactionTemplate transactions, ViewJudge views, Outbox outbox) {
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.views = views;
    this.outbox = outbox;
  }

  @Override
  public void ask(GenerationId generation, WorkspaceId workspace) {
    lock(generation);
    int first =
        jdbc.sql(
                """
                insert into erasure (generation, workspace) values (?, ?) on conflict do nothing
                """)
            .params(generation.value(), workspace.value())
            .update();
    if (first == 1) {
      stopIngest(generation);
      jdbc.sql(
              """
              delete from asset_object
              where asset in (select asset from asset where generation = ?)
              """)
          .param(generation.value())
          .update();
      views.erase(generation);
    }
  }

  private void lock(GenerationId generation) {
    jdbc.sql("select count(pg_advisory_xact_lock(hashtextextended(?, 0)))")
        .param(generation.value())
        .query(Long.class)
        .single();
  }

  /** Whoever works at one finds its lease lost; until it has ended it may still store something. */
  private void stopIngest(GenerationId generation) {
    jdbc.sql(
            """
            with stopped as (
              update asset set state = 'ERASED', ended_at = clock_timestamp(), token = null,
                waiting_for = null
              where generation = :generation and state = 'WAITING' returning leased_until)
            update erasure set due_at =
              greatest(due_at, (select max(leased_until) from stopped))
            where generation = :generation
            """)
        .param("generation", generation.value())
        .update();
  }

  @Override
  public boolean cameLate(GenerationId generation) {
    lock(generation);
    return jdbc.sql(
                """
                update erasure set asks = asks + 1, due_at = clock_timestamp()
                where generation = ?
                """)
            .param(generation.value())
            .update()
        == 1;
  }

  @Override
  public List<Due> claim(int most, Duration lease) {
    return jdbc.sql(
            """
            update erasure e set due_at = clock_timestamp() + :lease * interval '1 millisecond'
            where generation in (
              select generation from erasure where due_at <= clock_timestamp()
              order by due_at limit :most for update skip locked)
            returning generation, workspace, passes, asks,
              array(select asset from asset a where a.generation = e.generation) as assets
            """)
        .param("lease", lease.toMillis())
        .param("most", most)
        .query((row, number) ->
            new Due(
                new GenerationId(row.getString("generation")),
                new WorkspaceId(row.getString("workspace")),
                List.of((String[]) row.getArray("assets").getArray()).stream()
                    .map(AssetId::new)
                    .toList(),
                row.getInt("passes"),
                row.getInt("asks")))
        .list();
  }

  @Override
  public void removed(Due due, int objects, Optional<Duration> next) {
    transactions.executeWithoutResult(status -> {
      if (pass(due, objects, next) && (due.passes() == 0 || objects > 0)) {
        outbox.publish(
            EventOrigin.of("generation", due.generation().value(), due.workspace().value()),
            envelope ->
                AssetErased.newBuilder()
                    .setEnvelope(envelope)
                    .setGeneration(due.generation().value())
                    .setObjects(objects)
                    .build());
      }
      AssetSteps.MEDIA_REMOVED_BEFORE_COMMIT.reach();
    });
  }

  /** What came while the store was being cleared is a reason to do it again at once. */
  private boolean pass(Due due, int objects, Optional<Duration> next) {
    return jdbc.sql(
                """
                update erasure set passes = passes + 1, objects = objects + :objects,
                  removed_at = clock_timestamp(),
                  due_at = case when asks > :asks then clock_timestamp()
                    else clock_timestamp() + :next * interval '1 millisecond' end
                where generation = :generation and passes = :passes
                """)
            .param("objects", objects)
            .param("asks", due.asks())
            .param("next", next.map(Duration::toMillis).orElse(null), Types.BIGINT)
            .param("generation", due.generation().value())
            .param("passes", due.passes())
            .update()
        == 1;
  }

  @Override
  public void postpone(Due due, Duration wait) {
    jdbc.sql(
            """
            update erasure set due_at = clock_timestamp() + :wait * interval '1 millisecond'
            where generation = :generation and passes = :passes
            """)
        .param("wait", wait.toMillis())
        .param("generation", due.generation().value())
        .param("passes", due.passes())
        .update();
  }

  @Override
  public long unconfirmed() {
    return jdbc.sql("select count(*) from erasure where passes = 0").query(Long.class).single();
  }
}
