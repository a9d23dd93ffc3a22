package dev.dailies.contracts;

import dev.dailies.contracts.event.*;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.util.ClassSecurityValidator;
import org.apache.avro.util.ClassSecurityValidator.ClassSecurityPredicate;

/**
 * The schemas of every record that travels on a topic: the reader schemas of this build, and the
 * writer schemas that it has been told of through {@code schemas.v1}.
 *
 * <p>A schema is named by the 64-bit Rabin fingerprint of its canonical form, as Avro's
 * single-object encoding does. Thread-safe.
 */
public final class EventSchemas {
  static {
    // Since 1.12.2 Avro loads generated classes only when trusted. Through the API, because the
    // system properties are read but once, perhaps before this class is.
    String ours = GenerationSpec.class.getPackageName();
    ClassSecurityPredicate before = ClassSecurityValidator.getGlobal();
    ClassSecurityValidator.setGlobal(
        ClassSecurityValidator.composite(before, type -> type.getPackageName().equals(ours)));
  }

  private static final Map<Class<? extends SpecificRecord>, Topic> TOPICS =
      Stream.of(
              on(Topic.ACCESS, AccessKey.class, AccessMember.class, Workspace.class),
              on(Topic.GENERATION_SPECS, GenerationSpec.class),
              on(Topic.SHOTS, Shot.class),
              on(
                  Topic.GENERATION_EVENTS,
                  GenerationAccepted.class,
                  GenerationReleased.class,
                  GenerationCancelRequested.class,
                  GenerationCompleted.class,
                  GenerationFailed.class,
                  GenerationRefused.class,
                  GenerationCancelled.class,
                  GenerationErased.class,
                  ReferenceUploaded.class),
              on(Topic.RENDER_JOBS, RenderJob.class),
              on(
                  Topic.RENDER_CONTROL,
                  CancelRender.class,
                  DrainWorker.class,
                  ParkedRenderDecided.class),
              on(
                  Topic.RENDER_EVENTS,
                  RenderClaimed.class,
                  RenderSubmitted.class,
                  RenderProgressed.class,
                  RenderParked.class,
                  RenderReleased.class,
                  RenderFailed.class,
                  RenderCancelled.class,
                  RenderCompleted.class),
              on(Topic.WORKER_HEARTBEATS, WorkerHeartbeat.class),
              on(
                  Topic.ASSET_EVENTS,
                  AssetReady.class,
                  AssetRejected.class,
                  AssetSurplus.class,
                  AssetViewable.class,
                  AssetWithheld.class,
                  ReferenceReady.class,
                  ReferenceRejected.class,
                  ReferenceRemoved.class,
                  AssetErased.class),
              on(Topic.MODERATION_EVENTS, ModerationDecided.class),
              on(
                  Topic.REVIEW_EVENTS,
                  SelectionDecided.class,
                  ApprovalDecided.class,
                  ReviewErased.class),
              on(Topic.BUDGET_EVENTS, BudgetPosted.class),
              on(Topic.CONSENT_EVENTS, ConsentChanged.class))
          .flatMap(m -> m.entrySet().stream())
          .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

  private static final Map<String, Schema> READERS =
      TOPICS.keySet().stream()
          .map(type -> SpecificData.get().getSchema(type))
          .collect(Collectors.toUnmodifiableMap(Schema::getFullName, s -> s));

  private static final Map<String, SpecificData> DATA =
      TOPICS.keySet().stream()
          .collect(Collectors.toUnmodifiableMap(Class::getName, SpecificData::getForClass));

  private final Map<Long, Schema> writers = new ConcurrentHashMap<>();

  /** A catalogue that knows this build's own schemas. */
  public EventSchemas() {
    READERS.values().forEach(this::learn);
  }

  @SafeVarargs
  private static Map<Class<? extends SpecificRecord>, Topic> on(
      Topic topic, Class<? extends SpecificRecord>... types) {
    return Stream.of(types).collect(Collectors.toMap(t -> t, t -> topic));
  }

  /** Every record type that travels on a topic. */
  public static Set<Class<? extends SpecificRecord>> types() {
    return TOPICS.keySet();
  }

  /** The topic on which a record type travels. */
  public static Topic topicOf(Class<? extends SpecificRecord> type) {
    Topic topic = TOPICS.get(type);
    if (topic == null) {
      throw new IllegalArgumentException(type.getName() + " travels on no topic");
    }
    return topic;
  }

  /** This build's schemas of all records that travel on a topic. */
  public static List<Schema> onTopic(Topic topic) {
    return TOPICS.entrySet().stream()
        .filter(e -> e.getValue() == topic)
        .map(e -> SpecificData.get().getSchema(e.getKey()))
        .toList();
  }

  /** The fingerprint that single-object encoding writes for a schema. */
  public static long fingerprint(Schema schema) {
    return SchemaNormalization.parsingFingerprint64(schema);
  }

  /** Adds a writer schema; learning it again changes nothing. */
  public void learn(Schema writer) {
    writers.putIfAbsent(fingerprint(writer), writer);
  }

  /** Whether a record with this fingerprint can be read. */
  public boolean knows(long fingerprint) {
    return writers.containsKey(fingerprint);
  }

  Optional<Schema> writer(long fingerprint) {
    return Optional.ofNullable(writers.get(fingerprint));
  }

  /** The conversions that the generated class of a record type brings along. */
  static Optional<SpecificData> data(String fullName) {
    return Optional.ofNullable(DATA.get(fullName));
  }

  static Optional<Schema> reader(String fullName) {
    return Optional.ofNullable(READERS.get(fullName));
  }
}
