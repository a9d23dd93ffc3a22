package dev.dailies.review.board;

import dev.dailies.contracts.event.ReviewErased;
import dev.dailies.messaging.EventOrigin;
import dev.dailies.messaging.Outbox;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Erasures in PostgreSQL. Called within the transaction that takes in the event. */
final class JdbcErasures implements Erasures {
  /** Moderation decisions stay: they hold codes and ids only, as the log does for ever. */
  private static final List<String> TABLES =
      List.of("moderation_task", "moderation", "selection", "take", "asset");

  private final JdbcClient jdbc;
  private final Outbox outbox;

  JdbcErasures(JdbcClient jdbc, Outbox outbox) {
    this.jdbc = jdbc;
    this.outbox = outbox;
  }

  @Override
  public boolean erased(String generation) {
    lock(generation);
    return jdbc.sql("select count(*) from erased_generation where generation = :generation")
            .param("generation", generation)
            .query(Integer.class)
            .single()
        > 0;
  }

  private void lock(String generation) {
    jdbc.sql("select count(pg_advisory_xact_lock(hashtextextended(:generation, 0)))")
        .param("generation", generation)
        .query(Long.class)
        .single();
  }

  @Override
  public void erase(String generation, String workspace) {
    lock(generation);
    jdbc.sql(
            """
            insert into erased_generation (generation, workspace) values (:generation, :workspace)
            on conflict do nothing
            """)
        .param("generation", generation)
        .param("workspace", workspace)
        .update();
    for (String table : List.of("moderation_task", "moderation", "selection", "take", "asset")) {
      jdbc.sql("delete from " + table + " where generation = :generation")
          .param("generation", generation)
          .update();
    }
  }

  @Override
  public void confirm(String generation, String workspace) {
    int first =
        jdbc.sql(
                """
                update erased_generation set confirmed = true
                where generation = :generation and not confirmed
                """)
            .param("generation", generation)
            .update();
    if (first == 1) {
      outbox.publish(
          EventOrigin.of("generation", generation, workspace),
          envelope ->
              ReviewErased.newBuilder().setEnvelope(envelope).setGeneration(generation).build());
    }
  }
}
