package dev.dailies.asset;

import dev.dailies.contracts.AssetId;
import dev.dailies.contracts.EventCodec;
import dev.dailies.contracts.EventHeaders;
import dev.dailies.contracts.EventSchemas;
import dev.dailies.contracts.GenerationId;
import dev.dailies.contracts.RenderId;
import dev.dailies.contracts.Sha256;
import dev.dailies.contracts.ShotId;
import dev.dailies.contracts.Topic;
import dev.dailies.contracts.event.AccessKey;
import dev.dailies.contracts.event.Actor;
import dev.dailies.contracts.event.ActorKind;
import dev.dailies.contracts.event.AudioMode;
import dev.dailies.contracts.event.Envelope;
import dev.dailies.contracts.event.GenerationErased;
import dev.dailies.contracts.event.GenerationSpec;
import dev.dailies.contracts.event.ModerationDecided;
import dev.dailies.contracts.event.ModerationOutcome;
import dev.dailies.contracts.event.OutputForm;
import dev.dailies.contracts.event.OutputKind;
import dev.dailies.contracts.event.RenderCompleted;
import dev.dailies.contracts.event.RenderOutput;
import dev.dailies.contracts.event.RenderTimings;
import dev.dailies.contracts.event.SpecificationForm;
import dev.dailies.contracts.event.SpecificationText;
import dev.dailies.contracts.event.StoredObject;
import dev.dailies.testkit.TestTopics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;

/** What other services would say, put on the topics as they would. */
public final class Told {
  public static final String WORKSPACE = "acme";
  private static final Instant AT = Instant.parse("2026-11-24T12:00:00Z");

  static {
    // Loading it is what makes Avro trust our classes.
    EventSchemas.types();
  }

  private final TestTopics topics;

  public Told(TestTopics topics) {
    this.topics = topics;
  }

  /** A generation with one render, and the ids that follow. */
  public record Take(GenerationId generation, RenderId render, ShotId shot) {
    public static Take fresh() {
      return new Take(GenerationId.mint(), RenderId.mint(), ShotId.mint());
    }

    /** Another render of the same generation. */
    public Take again() {
      return new Take(generation, RenderId.mint(), shot);
    }

    public AssetId asset() {
      return dev.dailies.asset.ingest.AssetIds.of(render);
    }
  }

  public static RenderCompleted completed(Take take, StoredObject master, double seconds) {
    return completed(take, master, seconds, AudioMode.MODEL_DEFAULT);
  }

  public static RenderCompleted completed(
      Take take, StoredObject master, double seconds, AudioMode audio) {
    return completed(take, master, form(take, seconds, audio));
  }

  public static RenderCompleted completed(Take take, StoredObject master, SpecificationForm form) {
    return RenderCompleted.newBuilder()
        .setEnvelope(envelope("render", take.render().value(), 9))
        .setGeneration(take.generation().value())
        .setAttempt(1)
        .setRequested(form)
        .setEffective(form)
        .setModel("animatic")
        .setEndpoint("local-1")
        .setVendorId("video_123")
        .setOrigin("http://127.0.0.1:9")
        .setOutputs(
            List.of(
                RenderOutput.newBuilder()
                    .setIndex(0)
                    .setContentType("video/mp4")
                    .setObject(master)
                    .build()))
        .setTimings(new RenderTimings(AT, AT, AT, AT, AT, null))
        .build();
  }

  public static SpecificationForm form(Take take, double seconds, AudioMode audio) {
    return SpecificationForm.newBuilder()
        .setModel("animatic-1")
        .setOutput(
            OutputForm.newBuilder()
                .setKind(OutputKind.VIDEO)
                .setWidth(160)
                .setHeight(90)
                .setLengthMillis(Math.round(seconds * 1000))
                .build())
        .setAudioMode(audio)
        .setShot(take.shot().value())
        .setTextSha256("0".repeat(64))
        .build();
  }

  public static GenerationSpec spec(Take take, String prompt) {
    return GenerationSpec.newBuilder()
        .setGeneration(take.generation().value())
        .setWorkspace(WORKSPACE)
        .setVersion(1)
        .setForm(form(take, 1, AudioMode.MODEL_DEFAULT))
        .setText(SpecificationText.newBuilder().setPrompt(prompt).build())
        .setAcceptedAt(AT)
        .build();
  }

  public static ModerationDecided moderated(Take take, long decision, ModerationOutcome outcome) {
    return ModerationDecided.newBuilder()
        .setEnvelope(envelope("asset", take.asset().value(), decision))
        .setAsset(take.asset().value())
        .setGeneration(take.generation().value())
        .setDecision(decision)
        .setOutcome(outcome)
        .build();
  }

  public static GenerationErased erased(Take take) {
    return GenerationErased.newBuilder()
        .setEnvelope(envelope("generation", take.generation().value(), 5))
        .build();
  }

  public static Envelope envelope(String aggregate, String id, long sequence) {
    return Envelope.newBuilder()
        .setAggregate(aggregate)
        .setAggregateId(id)
        .setSequence(sequence)
        .setWorkspace(WORKSPACE)
        .setActor(new Actor(ActorKind.COMPONENT, "test"))
        .setPolicyVersion("policy-1")
        .setOccurredAt(AT)
        .build();
  }

  /** Says it, once. */
  public void say(Take take, SpecificRecord event) {
    topics.record(
        EventSchemas.topicOf(event.getClass()).topicName(),
        take.generation().value(),
        EventCodec.encode(event),
        event instanceof GenerationSpec
            ? Map.of(EventHeaders.WORKSPACE, WORKSPACE)
            : EventHeaders.of(producer(event), event).asMap());
  }

  private static String producer(SpecificRecord event) {
    return switch (event) {
      case ModerationDecided decided -> "review-service";
      case GenerationErased erased -> "prompt-service";
      default -> "render-worker";
    };
  }

  /** Says that the specification is no more. */
  public void sayTombstone(Take take) {
    topics.record(
        Topic.GENERATION_SPECS.topicName(),
        take.generation().value(),
        null,
        Map.of(EventHeaders.WORKSPACE, WORKSPACE));
  }

  /** A key by which the service can be called. */
  public void key(String secret, String workspace, long version, boolean revoked, String... roles) {
    key(
        secret,
        AccessKey.newBuilder()
            .setVersion(version)
            .setWorkspace(workspace)
            .setRoles(List.of(roles))
            .setRevokedAt(revoked ? AT : null));
  }

  public void key(String secret, AccessKey.Builder key) {
    key.setKeyId("key-" + secret).setSecretSha256(sha256(secret.getBytes(StandardCharsets.UTF_8)));
    topics.record("access.v1", "key-" + secret, EventCodec.encode(key.build()), Map.of());
  }

  public static String sha256(byte[] bytes) {
    return HexFormat.of().formatHex(Sha256.begin().digest(bytes));
  }
}
