package dev.dailies.review.moderation;

import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;
import java.util.Map;
import java.util.Optional;

/**
 * Goes on with a trace in another thread, or another process after a restart: the work of a task
 * belongs to the trace of the event that requested it.
 */
final class TracedWork {
  private static final String TRACE_PARENT = "traceparent";

  private final Tracer tracer;
  private final Propagator propagator;

  TracedWork(Tracer tracer, Propagator propagator) {
    this.tracer = tracer;
    this.propagator = propagator;
  }

  /** Work that may be interrupted. */
  @FunctionalInterface
  interface Work {
    void run() throws InterruptedException;
  }

  /** Does the work in a span of the given trace; without one, in a trace of its own. */
  void under(Optional<String> traceParent, String name, Work work) throws InterruptedException {
    Map<String, String> carrier =
        traceParent.map(value -> Map.of(TRACE_PARENT, value)).orElseGet(Map::of);
    Span span = propagator.extract(carrier, Map::get).name(name).start();
    try (Tracer.SpanInScope scope = tracer.withSpan(span)) {
      work.run();
    } catch (RuntimeException e) {
      span.error(e);
      throw e;
    } finally {
      span.end();
    }
  }
}
