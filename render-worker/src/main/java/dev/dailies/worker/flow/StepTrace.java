package dev.dailies.worker.flow;

import java.util.Optional;
import java.util.function.Supplier;

/** Lets a step run within the trace that its job arrived with. */
@FunctionalInterface
public interface StepTrace {
  <T> T within(Optional<String> traceParent, String step, Supplier<T> work);

  /** Where nothing traces. */
  static StepTrace none() {
    return new StepTrace() {
      @Override
      public <T> T within(Optional<String> traceParent, String step, Supplier<T> work) {
        return work.get();
      }
    };
  }
}
