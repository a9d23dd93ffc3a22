package dev.dailies.prompt.generation;

import static dev.dailies.prompt.generation.JdbcColumns.utc;

import dev.dailies.contracts.GenerationId;
import dev.dailies.contracts.event.Actor;
import dev.dailies.contracts.event.ActorKind;
import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Erasures in PostgreSQL: columns of the generation itself. */
final class JdbcErasures implements ErasureStore {
  private final JdbcClient jdbc;

  JdbcErasures(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public void ask(GenerationId id, Actor actor, Instant at) {
    jdbc.sql(
            """
            update generation set erase_asked_at = :at, erase_actor_kind = :kind,
              erase_actor = :actor
            where id = :id and erase_asked_at is null
            """)
        .param("at", utc(at))
        .param("kind", actor.getKind().name())
        .param("actor", actor.getSubject())
        .param("id", id.value())
        .update();
  }

  @Override
  public Optional<Actor> wanted(GenerationId id) {
    return jdbc.sql(
            """
            select erase_actor_kind, erase_actor from generation
            where id = :id and erase_asked_at is not null and erased_at is null
            """)
        .param("id", id.value())
        .query((row, number) ->
            new Actor(
                FailureFacts.named(
                    ActorKind.class, row.getString("erase_actor_kind"), ActorKind.UNKNOWN),
                row.getString("erase_actor")))
        .optional();
  }

  @Override
  public boolean erase(GenerationId id, Instant at) {
    return jdbc.sql(
                """
                update generation set words = null, metadata = null, erased_at = :at
                where id = :id and erased_at is null and ended_at is not null
                """)
            .param("at", utc(at))
            .param("id", id.value())
            .update()
        == 1;
  }

  @Override
  public void mediaRemoved(GenerationId id, Instant at) {
    confirm("update generation set media_removed_at = greatest(media_removed_at, :at)", id, at);
  }

  @Override
  public void reviewsRemoved(GenerationId id, Instant at) {
    confirm("update generation set reviews_removed_at = greatest(reviews_removed_at, :at)", id, at);
  }

  private void confirm(String sql, GenerationId id, Instant at) {
    jdbc.sql(sql + " where id = :id").param("at", utc(at)).param("id", id.value()).update();
  }
}
