package dev.dailies.prompt.dispatch;

import dev.dailies.contracts.GenerationId;
import dev.dailies.contracts.Pool;
import java.util.List;
import java.util.Set;

/** Who is next. */
@FunctionalInterface
public interface ReleaseOrder {
  /**
   * The next generations that wait without a hold, in the order in which they are to be released.
   *
   * @param models names of the models that can run now
   * @param most how many are wanted
   */
  List<GenerationId> next(Pool pool, Set<String> models, int most);
}
