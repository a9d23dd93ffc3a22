package dev.dailies.contracts;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Every Kafka topic of Dailies, in the order in which a request meets them.
 *
 * <p>Topics are created from this enum and the README's flow table is rendered from it, so what is
 * written here is what runs. Names carry a major version; a breaking change is a new topic, not a
 * new meaning. {@link #RENDER_JOBS} is a family with one topic per pool; all others stand alone.
 */
public enum Topic {
  ACCESS(
      "access.v1",
      Kind.COMPACTED,
      "workspace, key or member id",
      "prompt-service",
      List.of("every service"),
      Optional.empty(),
      "principals are resolved locally, from the newest state of each key"),
  GENERATION_SPECS(
      "generation.specs.v1",
      Kind.COMPACTED,
      "generation id",
      "prompt-service",
      List.of("asset-service", "review-service"),
      Optional.empty(),
      "the only lasting place of free text on Kafka; a tombstone erases it within a day"),
  SHOTS(
      "shots.v1",
      Kind.COMPACTED,
      "shot id",
      "prompt-service",
      List.of("review-service", "asset-service"),
      Optional.empty(),
      "the newest state of a shot is all a board needs"),
  GENERATION_EVENTS(
      "generation.events.v1",
      Kind.LOG,
      "generation id (reference id for uploads)",
      "prompt-service",
      List.of("asset-service", "review-service", "webhooks", "dashboards"),
      Optional.empty(),
      "numbers are rebuilt from it; holds no free text"),
  RENDER_JOBS(
      "render.jobs.%s.v1",
      Kind.QUEUE,
      "generation id",
      "prompt-service",
      List.of("render-worker"),
      Optional.of(Duration.ofHours(24)),
      "carries the prompt, so a day at most; the database stays the truth of what waits"),
  RENDER_CONTROL(
      "render.control.v1",
      Kind.LOG,
      "render or worker id",
      "prompt-service",
      List.of("every render-worker"),
      Optional.of(Duration.ofHours(72)),
      "outlives every job that it could concern; a worker reads it whole before its first claim"),
  RENDER_EVENTS(
      "render.events.v1",
      Kind.LOG,
      "generation id",
      "render-worker",
      List.of("prompt-service", "asset-service", "dashboards"),
      Optional.empty(),
      "cost and yield are rebuilt from it"),
  WORKER_HEARTBEATS(
      "worker.heartbeats.v1",
      Kind.COMPACTED,
      "worker id",
      "render-worker",
      List.of("prompt-service", "dashboards"),
      Optional.of(Duration.ofHours(1)),
      "only the newest beat of a living worker matters"),
  ASSET_EVENTS(
      "asset.events.v1",
      Kind.LOG,
      "generation id (reference id)",
      "asset-service",
      List.of("prompt-service", "review-service"),
      Optional.empty(),
      "the provenance of what was delivered"),
  MODERATION_EVENTS(
      "moderation.events.v1",
      Kind.LOG,
      "generation id (reference id)",
      "review-service",
      List.of("prompt-service", "asset-service"),
      Optional.empty(),
      "who cleared what, under which policy"),
  REVIEW_EVENTS(
      "review.events.v1",
      Kind.LOG,
      "shot id",
      "review-service",
      List.of("prompt-service", "asset-service"),
      Optional.empty(),
      "selections and approvals"),
  BUDGET_EVENTS(
      "budget.events.v1",
      Kind.LOG,
      "workspace",
      "prompt-service",
      List.of("dashboards", "rebuild"),
      Optional.empty(),
      "the books"),
  CONSENT_EVENTS(
      "consent.events.v1",
      Kind.LOG,
      "cameo id",
      "asset-service",
      List.of("prompt-service", "review-service"),
      Optional.empty(),
      "proof of consent and of its end"),
  SCHEMAS(
      "schemas.v1",
      Kind.COMPACTED,
      "fingerprint",
      "every producer, at start",
      List.of("every consumer"),
      Optional.empty(),
      "a reader can decode every event that was ever written");

  /** How a topic is used, which decides its cleanup policy and its number of partitions. */
  public enum Kind {
    /** The newest value of a key is what counts; a tombstone removes it within a day. */
    COMPACTED,
    /** An ordered history per key. */
    LOG,
    /**
     * Work handed out to a share group; one partition, so that idle workers are never pinned away.
     */
    QUEUE
  }

  /** Suffix of the topic that keeps the records a consumer gave up on. */
  public static final String DEAD_LETTER_SUFFIX = "-dlt";

  private final String name;
  private final Kind kind;
  private final String key;
  private final String producer;
  private final List<String> consumers;
  private final Optional<Duration> retention;
  private final String reason;

  Topic(
      String name,
      Kind kind,
      String key,
      String producer,
      List<String> consumers,
      Optional<Duration> retention,
      String reason) {
    this.name = name;
    this.kind = kind;
    this.key = key;
    this.producer = producer;
    this.consumers = consumers;
    this.retention = retention;
    this.reason = reason;
  }

  /** The name on the broker. For {@link #RENDER_JOBS} use {@link #jobs(String)}. */
  public String topicName() {
    if (this == RENDER_JOBS) {
      throw new IllegalStateException("render jobs have one topic per pool: use Topic.jobs(pool)");
    }
    return name;
  }

  /** The job topic of one pool. */
  public static String jobs(String pool) {
    return RENDER_JOBS.name.formatted(Pool.of(pool).value());
  }

  /** The share group whose members, the workers of one pool, share that pool's job topic. */
  public static String shareGroup(String pool) {
    return "render-workers." + Pool.of(pool).value();
  }

  /** The topic that keeps what a consumer of {@code topic} gave up on. */
  public static String deadLetter(String topic) {
    return topic + DEAD_LETTER_SUFFIX;
  }

  /** The name as documentation shows it, with {@code <pool>} where a family has a part to fill. */
  public String displayName() {
    return name.formatted("<pool>");
  }

  public Kind kind() {
    return kind;
  }

  /** What the record key holds, in words. */
  public String key() {
    return key;
  }

  public String producer() {
    return producer;
  }

  public List<String> consumers() {
    return consumers;
  }

  /**
   * How long records are kept; empty means for ever (a compacted topic: the newest of each key).
   */
  public Optional<Duration> retention() {
    return retention;
  }

  /** Why it is kept so long and no longer. */
  public String reason() {
    return reason;
  }

  /** Partitions when Dailies creates the topic. A queue has exactly one, always. */
  public int partitions() {
    return switch (kind) {
      case QUEUE -> 1;
      case COMPACTED, LOG -> this == SCHEMAS || this == RENDER_CONTROL ? 1 : 3;
    };
  }

  /** The broker settings of the topic. */
  public Map<String, String> settings() {
    String forEver = "-1";
    return switch (kind) {
      case COMPACTED ->
          Map.of(
              "cleanup.policy",
              retention.isPresent() ? "compact,delete" : "compact",
              "max.compaction.lag.ms",
              String.valueOf(Duration.ofHours(24).toMillis()),
              "retention.ms",
              retention.map(r -> String.valueOf(r.toMillis())).orElse(forEver));
      case LOG, QUEUE ->
          Map.of(
              "cleanup.policy",
              "delete",
              "retention.ms",
              retention.map(r -> String.valueOf(r.toMillis())).orElse(forEver));
    };
  }

  /** Whether a consumer may give up on a record of this topic. Schemas are read, never handled. */
  public boolean hasDeadLetters() {
    return this != SCHEMAS;
  }

  /**
   * The broker settings of the topic's dead letters: 30 days to mend and redrive, but a day where
   * the record may hold free text.
   */
  public Map<String, String> deadLetterSettings() {
    Duration kept =
        this == RENDER_JOBS || this == GENERATION_SPECS
            ? Duration.ofHours(24)
            : Duration.ofDays(30);
    return Map.of("cleanup.policy", "delete", "retention.ms", String.valueOf(kept.toMillis()));
  }
}
