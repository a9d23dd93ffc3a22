package dev.dailies.worker.flow;

import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Continues the trace of a job, so that what a step publishes belongs to it. */
final class TracerStepTrace implements StepTrace {
  private final Tracer tracer;
  private final Propagator propagator;

  TracerStepTrace(Tracer tracer, Propagator propagator) {
    this.tracer = tracer;
    this.propagator = propagator;
  }

  @Override
  public <T> T within(Optional<String> traceParent, String step, Supplier<T> work) {
    if (traceParent.isEmpty()) {
      return work.get();
    }
    Span span =
        propagator.extract(Map.of("traceparent", traceParent.get()), Map::get).name(step).start();
    try (Tracer.SpanInScope scope = tracer.withSpan(span)) {
      return work.get();
    } finally {
      span.end();
    }
  }
}
