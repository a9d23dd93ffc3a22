package dev.dailies.review;

import dev.dailies.contracts.AssetId;
import dev.dailies.contracts.GenerationId;
import dev.dailies.contracts.RenderId;
import dev.dailies.contracts.ShotId;
import dev.dailies.contracts.Topic;
import dev.dailies.contracts.event.Actor;
import dev.dailies.contracts.event.ActorKind;
import dev.dailies.contracts.event.AssetObject;
import dev.dailies.contracts.event.AssetReady;
import dev.dailies.contracts.event.AssetRejected;
import dev.dailies.contracts.event.AssetSurplus;
import dev.dailies.contracts.event.AssetVariant;
import dev.dailies.contracts.event.AssetViewable;
import dev.dailies.contracts.event.AssetWithheld;
import dev.dailies.contracts.event.Envelope;
import dev.dailies.contracts.event.GenerationErased;
import dev.dailies.contracts.event.GenerationSpec;
import dev.dailies.contracts.event.MediaFacts;
import dev.dailies.contracts.event.OutputForm;
import dev.dailies.contracts.event.Shot;
import dev.dailies.contracts.event.SpecificationForm;
import dev.dailies.contracts.event.SpecificationText;
import dev.dailies.contracts.event.StoredObject;
import dev.dailies.contracts.event.TechnicalFinding;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** One generation of a shot, told as the other services would tell it. */
final class Story {
  static final String WORKSPACE = "film";

  private final ReviewFixture review;
  final String shot;
  final String generation = GenerationId.mint().value();
  final String render = RenderId.mint().value();
  final String asset = AssetId.mint().value();
  private final byte[] media;
  private String prompt = "a calm lake at dawn";
  private List<String> findings = List.of();
  private Optional<String> digest = Optional.empty();

  Story(ReviewFixture review, byte[] media) {
    this(review, media, ShotId.mint().value());
  }

  Story(ReviewFixture review, byte[] media, String shot) {
    this.review = review;
    this.media = media;
    this.shot = shot;
  }

  Story prompt(String text) {
    prompt = text;
    return this;
  }

  Story findings(String... codes) {
    findings = List.of(codes);
    return this;
  }

  /** The event tells another digest than the stored bytes have. */
  Story wrongDigest() {
    digest = Optional.of("0".repeat(64));
    return this;
  }

  private String key() {
    return WORKSPACE + "/assets/" + asset + "/proxy.mp4";
  }

  Story stored() {
    review.store(key(), media);
    return this;
  }

  /** Everything up to the point where moderation begins. */
  Story submitted() {
    stored();
    tell();
    return this;
  }

  /** The same, of media that were stored before. */
  void tell() {
    tellShot(1);
    tellSpec(1);
    tellReady();
  }

  void tellShot(long version) {
    review.tell(
        shot,
        Shot.newBuilder()
            .setShot(shot)
            .setWorkspace(WORKSPACE)
            .setVersion(version)
            .setProject("prj_v" + version)
            .build());
  }

  void tellSpec(long version) {
    review.tell(
        generation,
        GenerationSpec.newBuilder()
            .setGeneration(generation)
            .setWorkspace(WORKSPACE)
            .setVersion(version)
            .setForm(
                SpecificationForm.newBuilder()
                    .setModel("animatic-1")
                    .setShot(shot)
                    .setSeed(7L)
                    .setOutput(
                        OutputForm.newBuilder()
                            .setWidth(160)
                            .setHeight(90)
                            .setLengthMillis(1000)
                            .build())
                    .setTextSha256("0".repeat(64))
                    .build())
            .setText(SpecificationText.newBuilder().setPrompt(prompt).build())
            .setAcceptedAt(Instant.parse("2026-11-24T10:00:00Z"))
            .build());
  }

  private Envelope envelope(String aggregate, String id, long sequence) {
    return Envelope.newBuilder()
        .setAggregate(aggregate)
        .setAggregateId(id)
        .setSequence(sequence)
        .setWorkspace(WORKSPACE)
        .setActor(new Actor(ActorKind.COMPONENT, "asset-service"))
        .setOccurredAt(Instant.parse("2026-11-24T10:01:00Z").plusSeconds(sequence))
        .build();
  }

  /** Sequence 1 of the asset. */
  String tellReady() {
    return tellReady(1);
  }

  String tellReady(long sequence) {
    AssetReady ready =
        AssetReady.newBuilder()
            .setEnvelope(envelope("asset", asset, sequence))
            .setAsset(asset)
            .setGeneration(generation)
            .setRender(render)
            .setShot(shot)
            .setObjects(
                List.of(
                    AssetObject.newBuilder()
                        .setVariant(AssetVariant.PROXY)
                        .setContentType("video/mp4")
                        .setObject(
                            StoredObject.newBuilder()
                                .setStore("s3")
                                .setRegion("")
                                .setBucket("any")
                                .setKey(key())
                                .setSize(media.length)
                                .setSha256(digest.orElseGet(() -> ReviewFixture.sha256(media)))
                                .build())
                        .build()))
            .setMedia(
                MediaFacts.newBuilder()
                    .setContainer("mov,mp4,m4a,3gp,3g2,mj2")
                    .setWidth(160)
                    .setHeight(90)
                    .setLengthMillis(1000)
                    .setFrames(24)
                    .setFrameRate(24)
                    .setHasAudio(true)
                    .build())
            .setFindings(findings.stream().map(Story::finding).toList())
            .build();
    return review.publish("asset-service", generation, ready);
  }

  private static TechnicalFinding finding(String code) {
    return TechnicalFinding.newBuilder().setCode(code).setFatal(false).build();
  }

  void tellViewable(long sequence) {
    review.publish(
        "asset-service",
        generation,
        AssetViewable.newBuilder()
            .setEnvelope(envelope("asset", asset, sequence))
            .setAsset(asset)
            .setGeneration(generation)
            .setSize(media.length)
            .build());
  }

  void tellWithheld(long sequence) {
    review.publish(
        "asset-service",
        generation,
        AssetWithheld.newBuilder()
            .setEnvelope(envelope("asset", asset, sequence))
            .setAsset(asset)
            .setGeneration(generation)
            .setReason("moderation")
            .build());
  }

  /** Another asset of the same generation, as not usable. */
  void tellRejected(String other) {
    review.publish(
        "asset-service",
        generation,
        AssetRejected.newBuilder()
            .setEnvelope(envelope("asset", other, 1))
            .setAsset(other)
            .setGeneration(generation)
            .setRender(RenderId.mint().value())
            .setFindings(List.of(finding("length_mismatch")))
            .build());
  }

  /** Another asset of the same generation, as one too many. */
  void tellSurplus(String other) {
    review.publish(
        "asset-service",
        generation,
        AssetSurplus.newBuilder()
            .setEnvelope(envelope("asset", other, 1))
            .setAsset(other)
            .setGeneration(generation)
            .setRender(RenderId.mint().value())
            .setTaken(asset)
            .build());
  }

  void tellErased() {
    review.publish(
        "prompt-service",
        generation,
        GenerationErased.newBuilder().setEnvelope(envelope("generation", generation, 9)).build());
  }

  void tellTombstone() {
    review.topics.record(
        Topic.GENERATION_SPECS.topicName(), generation, null, Map.of("workspace", WORKSPACE));
  }

  /** The events that lead to a viewable asset, to be told in whatever order. */
  Stream<Runnable> events() {
    return Stream.of(() -> tellShot(1), () -> tellSpec(1), this::tellReady, () -> tellViewable(2));
  }
}
