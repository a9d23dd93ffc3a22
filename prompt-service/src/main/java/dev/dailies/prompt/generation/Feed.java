package dev.dailies.prompt.generation;

import dev.dailies.contracts.GenerationId;
import java.util.Map;

/**
 * Tells watchers what becomes of a generation. What is told stands in the database with the change
 * itself, or not at all, and is seen after the commit. Must be called inside a transaction, while
 * it holds the lock of what it changes: that lock keeps the order.
 */
@FunctionalInterface
public interface Feed {
  /**
   * Tells one thing. The generation's state is added as it is when the transaction ends; a
   * generation that this database does not know is passed over.
   *
   * @param facts ids, codes, numbers and times; never free text, since it can't be erased here
   */
  void tell(GenerationId generation, FeedKind kind, Map<String, ?> facts);
}
