package dev.dailies.prompt;

import static org.awaitility.Awaitility.await;

import dev.dailies.contracts.AssetId;
import dev.dailies.contracts.EventCodec;
import dev.dailies.contracts.EventHeaders;
import dev.dailies.contracts.EventSchemas;
import dev.dailies.contracts.Topic;
import dev.dailies.contracts.WorkerId;
import dev.dailies.contracts.event.*;
import dev.dailies.testkit.TestBroker;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The other services, as far as prompt-service meets them: real events, by hand. */
public final class Crew {
  public static final Instant THEN = Instant.parse("2026-11-20T10:00:00Z");
  private static final EventCodec CODEC = new EventCodec(new EventSchemas());
  private static final AtomicLong BEATS = new AtomicLong();

  private static final KafkaProducer<String, byte[]> PRODUCER =
      new KafkaProducer<>(
          Map.of("bootstrap.servers", TestBroker.shared().bootstrapServers()),
          new StringSerializer(),
          new ByteArraySerializer());

  private final String pool;
  private final Queue queue;
  private final String worker = WorkerId.mint().value();
  private final Map<String, AtomicInteger> sequences = new ConcurrentHashMap<>();

  public Crew(String pool) {
    this.pool = pool;
    this.queue = Queue.of(pool);
  }

  /** An event that is made but not yet sent, with the producer that would send it. */
  public record Made(String producer, String key, SpecificRecord event) {}

  // -- workers ---------------------------------------------------------------------------------

  /** A live worker that sees one healthy endpoint with so many slots. */
  public void beat(int slots) {
    beat(slots, true, EndpointHealth.UP, Instant.now());
  }

  public void beat(int slots, boolean claiming, EndpointHealth health, Instant at) {
    beatOf(
        WorkerHeartbeat.newBuilder()
            .setWorker(worker)
            .setPool(pool)
            .setVersion(BEATS.incrementAndGet())
            .setBuild("test")
            .setRegion("here")
            .setClaiming(claiming)
            .setEndpoints(
                List.of(
                    EndpointState.newBuilder()
                        .setEndpoint(pool + "-endpoint")
                        .setSlots(slots)
                        .setFree(slots)
                        .setHealth(health)
                        .build()))
            .setAt(at)
            .build());
  }

  private void beatOf(WorkerHeartbeat beat) {
    record(Topic.WORKER_HEARTBEATS.topicName(), worker, EventCodec.encode(beat), Map.of());
  }

  /** The jobs that the pool's topic holds for a generation. */
  public List<RenderJob> jobs(String generation) {
    return queue.jobs().stream().filter(job -> job.getGeneration().equals(generation)).toList();
  }

  /** The attempts that were handed out to the pool, in order, however often each. */
  public List<String> attempts() {
    return queue.jobs().stream().map(RenderJob::getRender).distinct().toList();
  }

  /** The job of that attempt, once it is there. */
  public RenderJob job(String generation, int attempt) {
    return await()
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(20))
        .until(
            () -> jobs(generation).stream().filter(j -> j.getAttempt() == attempt).findFirst(),
            Optional::isPresent)
        .orElseThrow();
  }

  /** A pool's job topic, read on from where it was read before. */
  private static final class Queue {
    private static final Map<String, Queue> ALL = new ConcurrentHashMap<>();

    private final KafkaConsumer<String, byte[]> consumer;
    private final List<RenderJob> jobs = new ArrayList<>();

    private Queue(String pool) {
      consumer =
          new KafkaConsumer<>(
              Map.of("bootstrap.servers", TestBroker.shared().bootstrapServers()),
              new StringDeserializer(),
              new ByteArrayDeserializer());
      TopicPartition only = new TopicPartition(Topic.jobs(pool), 0);
      consumer.assign(List.of(only));
      consumer.seekToBeginning(List.of(only));
    }

    static Queue of(String pool) {
      return ALL.computeIfAbsent(pool, Queue::new);
    }

    synchronized List<RenderJob> jobs() {
      consumer.poll(Duration.ofMillis(50)).forEach(record -> jobs.add((RenderJob) decode(record)));
      return List.copyOf(jobs);
    }
  }

  public static SpecificRecord decode(ConsumerRecord<String, byte[]> record) {
    return ((EventCodec.Decoded.Known) CODEC.decode(record.value())).value();
  }

  private Envelope envelope(String producer, String aggregate, String id, Instant at) {
    int sequence =
        sequences
            .computeIfAbsent(producer + aggregate + id, k -> new AtomicInteger())
            .incrementAndGet();
    return Envelope.newBuilder()
        .setAggregate(aggregate)
        .setAggregateId(id)
        .setSequence(sequence)
        .setWorkspace("local")
        .setActor(new Actor(ActorKind.COMPONENT, producer))
        .setOccurredAt(at)
        .build();
  }

  private Envelope render(RenderJob job, int second) {
    return envelope("render-worker", "render", job.getRender(), THEN.plusSeconds(second));
  }

  private static Made worker(RenderJob job, SpecificRecord event) {
    return new Made("render-worker", job.getGeneration(), event);
  }

  public Made claimed(RenderJob job) {
    return worker(
        job,
        RenderClaimed.newBuilder()
            .setEnvelope(render(job, 1))
            .setGeneration(job.getGeneration())
            .setAttempt(job.getAttempt())
            .setWorker(worker)
            .setEndpoint("one")
            .setChoice("only")
            .build());
  }

  public Made submitted(RenderJob job) {
    return worker(
        job,
        RenderSubmitted.newBuilder()
            .setEnvelope(render(job, 2))
            .setGeneration(job.getGeneration())
            .setAttempt(job.getAttempt())
            .setEndpoint("one")
            .setVendorId("vendor-1")
            .setOrigin("http://one")
            .build());
  }

  public Made progressed(RenderJob job, int percent) {
    return worker(
        job,
        RenderProgressed.newBuilder()
            .setEnvelope(render(job, 3))
            .setGeneration(job.getGeneration())
            .setAttempt(job.getAttempt())
            .setPercent(percent)
            .build());
  }

  public Made parked(RenderJob job) {
    return worker(
        job,
        RenderParked.newBuilder()
            .setEnvelope(render(job, 4))
            .setGeneration(job.getGeneration())
            .setAttempt(job.getAttempt())
            .setEndpoint("one")
            .setReason("undecidable")
            .build());
  }

  public Made released(RenderJob job, boolean counts, Optional<Instant> notBefore) {
    return worker(
        job,
        RenderReleased.newBuilder()
            .setEnvelope(render(job, 5))
            .setGeneration(job.getGeneration())
            .setAttempt(job.getAttempt())
            .setReason("rate_limited")
            .setCounts(counts)
            .setNotBefore(notBefore.orElse(null))
            .build());
  }

  public Made failed(RenderJob job, String kind, String retry, Optional<Instant> notBefore) {
    return worker(
        job,
        RenderFailed.newBuilder()
            .setEnvelope(render(job, 5))
            .setGeneration(job.getGeneration())
            .setAttempt(job.getAttempt())
            .setEndpoint("one")
            .setVendorId("vendor-1")
            .setFailure(
                Failure.newBuilder()
                    .setKind(kind)
                    .setRetry(retry)
                    .setBilling("YES")
                    .setCode(kind.toLowerCase(java.util.Locale.ROOT))
                    .setNotBefore(notBefore.orElse(null))
                    .build())
            .setCost(cost("0.100000"))
            .build());
  }

  public Made cancelled(RenderJob job) {
    return worker(
        job,
        RenderCancelled.newBuilder()
            .setEnvelope(render(job, 5))
            .setGeneration(job.getGeneration())
            .setAttempt(job.getAttempt())
            .setBilling("YES")
            .setCost(cost("0.050000"))
            .build());
  }

  public Made completed(RenderJob job) {
    return worker(
        job,
        RenderCompleted.newBuilder()
            .setEnvelope(render(job, 6))
            .setGeneration(job.getGeneration())
            .setAttempt(job.getAttempt())
            .setRequested(job.getForm())
            .setEffective(job.getForm())
            .setModel(job.getEndpointModel())
            .setEndpoint("one")
            .setVendorId("vendor-1")
            .setOrigin("http://one")
            .setOutputs(List.of(new RenderOutput(0, "video/mp4", object(job))))
            .setCost(cost("0.250000"))
            .setTimings(
                RenderTimings.newBuilder()
                    .setClaimedAt(THEN)
                    .setSubmittedAt(THEN)
                    .setAcceptedAt(THEN)
                    .setFinishedAt(THEN)
                    .setStoredAt(THEN)
                    .build())
            .build());
  }

  private static StoredObject object(RenderJob job) {
    return StoredObject.newBuilder()
        .setStore("s3")
        .setRegion("")
        .setBucket("dailies")
        .setKey("local/renders/" + job.getGeneration() + "/" + job.getRender() + "/0.mp4")
        .setSize(10)
        .setSha256("00")
        .build();
  }

  private static StoredObject poster(RenderJob job) {
    return StoredObject.newBuilder(object(job))
        .setKey("local/assets/" + job.getGeneration() + "/poster.jpg")
        .build();
  }

  private static Cost cost(String amount) {
    return new Cost(new Money(new BigDecimal(amount), "USD"), CostBasis.REPORTED);
  }

  // -- asset-service and review-service --------------------------------------------------------

  public static String asset(RenderJob job) {
    return AssetId.PREFIX + job.getRender().substring(4);
  }

  private Made asset(RenderJob job, SpecificRecord event) {
    return new Made("asset-service", job.getGeneration(), event);
  }

  private Envelope assetEnvelope(RenderJob job, int second) {
    return envelope("asset-service", "asset", asset(job), THEN.plusSeconds(second));
  }

  public Made ready(RenderJob job) {
    return asset(
        job,
        AssetReady.newBuilder()
            .setEnvelope(assetEnvelope(job, 7))
            .setAsset(asset(job))
            .setGeneration(job.getGeneration())
            .setRender(job.getRender())
            .setShot(job.getForm().getShot())
            .setObjects(
                List.of(
                    new AssetObject(AssetVariant.MASTER, "video/mp4", object(job)),
                    new AssetObject(AssetVariant.POSTER, "image/jpeg", poster(job))))
            .setMedia(MediaFacts.newBuilder().setContainer("mp4").build())
            .build());
  }

  public Made rejected(RenderJob job, boolean retryCouldHelp) {
    return asset(
        job,
        AssetRejected.newBuilder()
            .setEnvelope(assetEnvelope(job, 7))
            .setAsset(asset(job))
            .setGeneration(job.getGeneration())
            .setRender(job.getRender())
            .setFindings(
                List.of(TechnicalFinding.newBuilder().setCode("black").setFatal(true).build()))
            .setRetryCouldHelp(retryCouldHelp)
            .build());
  }

  public Made viewable(RenderJob job) {
    return asset(
        job,
        AssetViewable.newBuilder()
            .setEnvelope(assetEnvelope(job, 9))
            .setAsset(asset(job))
            .setGeneration(job.getGeneration())
            .setSize(10)
            .build());
  }

  public Made withheld(RenderJob job) {
    return asset(
        job,
        AssetWithheld.newBuilder()
            .setEnvelope(assetEnvelope(job, 10))
            .setAsset(asset(job))
            .setGeneration(job.getGeneration())
            .setReason("moderation")
            .build());
  }

  public Made moderated(RenderJob job, ModerationOutcome outcome, int decision) {
    return new Made(
        "review-service",
        job.getGeneration(),
        ModerationDecided.newBuilder()
            .setEnvelope(
                envelope("review-service", "asset", asset(job), THEN.plusSeconds(7 + decision)))
            .setAsset(asset(job))
            .setGeneration(job.getGeneration())
            .setDecision(decision)
            .setOutcome(outcome)
            .build());
  }

  public Made selected(RenderJob job) {
    return new Made(
        "review-service",
        job.getForm().getShot(),
        SelectionDecided.newBuilder()
            .setEnvelope(
                Envelope.newBuilder(
                        envelope(
                            "review-service",
                            "shot",
                            job.getForm().getShot(),
                            THEN.plusSeconds(11)))
                    .setActor(new Actor(ActorKind.PERSON, "a reviewer"))
                    .build())
            .setShot(job.getForm().getShot())
            .setShotVersion(1)
            .setAsset(asset(job))
            .setGeneration(job.getGeneration())
            .setState(SelectionState.SELECTED)
            .build());
  }

  /** The media of a generation are gone. */
  public Made mediaErased(String generation) {
    return new Made(
        "asset-service",
        generation,
        AssetErased.newBuilder()
            .setEnvelope(envelope("asset-service", "generation", generation, THEN.plusSeconds(20)))
            .setGeneration(generation)
            .setObjects(7)
            .build());
  }

  /** Nothing of a generation is left in review. */
  public Made reviewErased(String generation) {
    return new Made(
        "review-service",
        generation,
        ReviewErased.newBuilder()
            .setEnvelope(envelope("review-service", "generation", generation, THEN.plusSeconds(21)))
            .setGeneration(generation)
            .build());
  }

  public void send(Made... all) {
    for (Made made : all) {
      record(
          EventSchemas.topicOf(made.event().getClass()).topicName(),
          made.key(),
          EventCodec.encode(made.event()),
          EventHeaders.of(made.producer(), made.event()).asMap());
    }
  }

  /** Appends a record; those of one partition stay in order. */
  public static void record(String topic, String key, byte[] value, Map<String, String> headers) {
    ProducerRecord<String, byte[]> record = new ProducerRecord<>(topic, key, value);
    headers.forEach(
        (name, text) -> record.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
    PRODUCER.send(record);
  }
}
