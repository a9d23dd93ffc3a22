package dev.dailies.messaging;

import io.micrometer.tracing.Span;
import io.micrometer.tracing.TraceContext;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The W3C {@code traceparent} of the current span, so that a trace goes on where an event arrives.
 *
 * <p>Source: W3C Trace Context, level 1.
 */
public final class TraceParent {
  private final Supplier<@Nullable Tracer> tracer;

  private final Supplier<@Nullable Propagator> propagator;

  TraceParent(Supplier<@Nullable Tracer> tracer, Supplier<@Nullable Propagator> propagator) {
    this.tracer = tracer;
    this.propagator = propagator;
  }

  /** Does work that was asked for earlier as a step of the trace in which it was asked for. */
  public <T> T continuing(Optional<String> traceParent, String step, Supplier<T> work) {
    Tracer active = tracer.get();
    Propagator extractor = propagator.get();
    if (active == null || extractor == null || traceParent.isEmpty()) {
      return work.get();
    }
    Span span =
        extractor.extract(Map.of("traceparent", traceParent.get()), Map::get).name(step).start();
    try (Tracer.SpanInScope scope = active.withSpan(span)) {
      return work.get();
    } finally {
      span.end();
    }
  }

  /** Empty where nothing traces. */
  public Optional<String> current() {
    Tracer active = tracer.get();
    Span span = active == null ? null : active.currentSpan();
    if (span == null) {
      return Optional.empty();
    }
    TraceContext context = span.context();
    String traceId = context.traceId();
    String flags = Boolean.TRUE.equals(context.sampled()) ? "01" : "00";
    return traceId.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "00-"
                + "0".repeat(32 - traceId.length())
                + traceId
                + "-"
                + context.spanId()
                + "-"
                + flags);
  }
}
