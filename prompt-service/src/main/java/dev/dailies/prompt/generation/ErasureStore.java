package dev.dailies.prompt.generation;

import dev.dailies.contracts.GenerationId;
import dev.dailies.contracts.event.Actor;
import java.time.Instant;
import java.util.Optional;

/** What is wanted and done of erasures. All methods work inside the caller's transaction. */
public interface ErasureStore {
  /** Takes note that a generation is to be erased, and who wants it; the first wish stands. */
  void ask(GenerationId id, Actor actor, Instant at);

  /** Who wants it erased, as long as that is not done. */
  Optional<Actor> wanted(GenerationId id);

  /** Removes every word of a generation that has ended; false if that was done before. */
  boolean erase(GenerationId id, Instant at);

  /** Nothing of its media is left in the store. May be told again, when something came late. */
  void mediaRemoved(GenerationId id, Instant at);

  /** Nothing of it is left in review. */
  void reviewsRemoved(GenerationId id, Instant at);
}
