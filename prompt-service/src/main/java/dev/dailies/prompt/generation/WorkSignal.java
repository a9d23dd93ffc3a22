package dev.dailies.prompt.generation;

import dev.dailies.contracts.Pool;

/** Told, after a commit, that something in a pool may be released now. */
@FunctionalInterface
public interface WorkSignal {
  void changed(Pool pool);
}
