package dev.dailies.prompt.generation;

import dev.dailies.prompt.PromptMeters;
import dev.dailies.prompt.PromptMeters.Tag;
import dev.dailies.prompt.library.Placement;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Counts generations; those still open are counted by the database. */
final class GenerationMeters implements GenerationCounts {
  private static final Logger log = LoggerFactory.getLogger(GenerationMeters.class);
  private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final MeterRegistry registry;
  private final JdbcClient jdbc;
  private final Counter accepted;
  private final Counter unknownSubject;
  private final Map<GenerationState, Counter> ended = new EnumMap<>(GenerationState.class);
  private Map<String, Long> open = Map.of();
  private long readAt;

  GenerationMeters(MeterRegistry registry, JdbcClient jdbc) {
    this.registry = registry;
    this.jdbc = jdbc;
    this.readAt = System.nanoTime() - FRESH_NANOS;
    this.accepted = registry.counter(PromptMeters.ACCEPTED.getName());
    this.unknownSubject = registry.counter(PromptMeters.UNKNOWN_SUBJECT.getName());
    for (GenerationState state : GenerationState.values()) {
      String word = state.name().toLowerCase(Locale.ROOT);
      if (state.ended()) {
        ended.put(
            state, registry.counter(PromptMeters.ENDED.getName(), Tag.STATE.asString(), word));
      } else {
        Gauge.builder(PromptMeters.OPEN.getName(), () -> open(state))
            .tag(Tag.STATE.asString(), word)
            .register(registry);
      }
    }
    Stream.of(List.of("readable"), AcceptRules.names(), Placement.RULES)
        .flatMap(List::stream)
        .forEach(this::refused);
  }

  private Counter refused(String rule) {
    return registry.counter(PromptMeters.REFUSED_REQUESTS.getName(), Tag.RULE.asString(), rule);
  }

  private synchronized double open(GenerationState state) {
    if (System.nanoTime() - readAt >= FRESH_NANOS) {
      readAt = System.nanoTime();
      try {
        open =
            jdbc
                .sql(
                    """
                    select state, count(*) as number from generation
                    where state in ('WAITING', 'RELEASED', 'RUNNING', 'RENDERED') group by state
                    """)
                .query((row, number) -> Map.entry(row.getString("state"), row.getLong("number")))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
      } catch (DataAccessException e) {
        log.debug("Open generations could not be counted", e);
        return Double.NaN;
      }
    }
    return open.getOrDefault(state.name(), 0L);
  }

  @Override
  public void accepted() {
    accepted.increment();
  }

  @Override
  public void refusedRequest(Refusal refusal) {
    refused(refusal.rule()).increment();
  }

  @Override
  public void ended(GenerationState state) {
    Objects.requireNonNull(ended.get(state)).increment();
  }

  @Override
  public void unknownSubject() {
    unknownSubject.increment();
  }
}
