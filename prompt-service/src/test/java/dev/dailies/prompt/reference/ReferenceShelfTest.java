package dev.dailies.prompt.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.dailies.contracts.ErrorCode;
import dev.dailies.contracts.GenerationId;
import dev.dailies.contracts.ReferenceId;
import dev.dailies.contracts.WorkspaceId;
import dev.dailies.contracts.event.Actor;
import dev.dailies.contracts.event.ActorKind;
import dev.dailies.contracts.event.Envelope;
import dev.dailies.contracts.event.MediaFacts;
import dev.dailies.contracts.event.ReferenceReady;
import dev.dailies.contracts.event.ReferenceRejected;
import dev.dailies.contracts.event.StoredObject;
import dev.dailies.edge.RefusalException;
import dev.dailies.prompt.Crew;
import dev.dailies.prompt.Stage;
import dev.dailies.prompt.generation.Transactions;
import dev.dailies.testkit.TestTopics;
import dev.dailies.vault.AssetVault;
import dev.dailies.vault.ObjectKey;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** Uploads, and generations that wait for them. No worker is there: what is free stays waiting. */
class ReferenceShelfTest {
  private static final Stage stage = Stage.shared();
  private static final WorkspaceId LOCAL = new WorkspaceId("local");
  private static final Actor ACTOR = new Actor(ActorKind.KEY, "key");
  private final Crew crew = new Crew("local");
  private final ReferenceShelf shelf = stage.bean(ReferenceShelf.class);

  private KnownReference kept() throws Exception {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB), "png", png);
    KnownReference stored =
        shelf.store(
            LOCAL, new ByteArrayInputStream(png.toByteArray()), "text/plain", "input_reference");
    stage
        .bean(Transactions.class)
        .within(() -> {
          shelf.keep(LOCAL, ACTOR, stored);
          return stored;
        });
    return stored;
  }

  private String heldFor(ReferenceId... references) {
    String id = stage.accepted("animatic-1", Map.of("size", "1280x720", "seconds", 4));
    stage
        .bean(Transactions.class)
        .within(() ->
            stage
                .bean(ReferenceHolds.class)
                .hold(LOCAL, new GenerationId(id), List.of(references)));
    return id;
  }

  private static Envelope envelope(ReferenceId id) {
    return Envelope.newBuilder()
        .setAggregate("reference")
        .setAggregateId(id.value())
        .setSequence(1)
        .setWorkspace("local")
        .setActor(new Actor(ActorKind.COMPONENT, "asset-service"))
        .setOccurredAt(Crew.THEN)
        .build();
  }

  private static Crew.Made ready(KnownReference known) {
    return new Crew.Made(
        "asset-service",
        known.id().value(),
        ReferenceReady.newBuilder()
            .setEnvelope(envelope(known.id()))
            .setReference(known.id().value())
            .setObject(known.object().orElseThrow())
            .setMedia(MediaFacts.newBuilder().setContainer("png_pipe").build())
            .build());
  }

  @Test
  void aGenerationIsFreeOnceAllItsReferencesAreReady() throws Exception {
    KnownReference one = kept();
    KnownReference two = kept();
    assertThat(one.state()).isEqualTo(KnownReference.State.CHECKING);
    assertThat(one.contentType()).isEqualTo("image/png");
    TestTopics.shared().await("generation.events.v1", r -> one.id().value().equals(r.key()));
    String id = heldFor(one.id(), two.id());

    crew.send(ready(one), ready(one));
    await().until(() -> state(one.id()) == KnownReference.State.READY);
    assertThat(stage.generation(id).at("/holds").toString()).contains("reference");
    crew.send(ready(two));
    await().atMost(Duration.ofSeconds(10)).until(() -> stage.generation(id).at("/holds").isEmpty());
    assertThat(shelf.find(new WorkspaceId("other"), one.id())).isEmpty();
    // What is ready before it is needed holds nothing.
    assertThat(stage.generation(heldFor(one.id())).at("/holds").isEmpty()).isTrue();
  }

  @Test
  void whatIsTooLargeForAModelIsRefusedWhenItIsNamed() {
    ReferenceId id = ReferenceId.mint();
    StoredObject object =
        StoredObject.newBuilder()
            .setStore("s3")
            .setRegion("")
            .setBucket("dailies")
            .setKey("local/references/" + id.value())
            .setSize(201L << 20)
            .setSha256("0".repeat(64))
            .build();
    crew.send(
        new Crew.Made(
            "asset-service",
            id.value(),
            ReferenceReady.newBuilder()
                .setEnvelope(envelope(id))
                .setReference(id.value())
                .setObject(object)
                .setContentType("video/mp4")
                .setMedia(MediaFacts.newBuilder().setContainer("mp4").build())
                .build()));
    await().until(() -> shelf.find(LOCAL, id).isPresent());

    Stage.Answer edit =
        stage.post(
            "/v1/videos/edits",
            Map.of("model", "m-lineage", "prompt", "Bluer", "video", Map.of("id", id.value())));

    assertThat(edit.status()).isEqualTo(413);
    assertThat(edit.text("/error/code")).isEqualTo("too_large");
    assertThat(edit.text("/error/param")).isEqualTo("video");
    assertThat(edit.text("/error/message")).contains("at most 209715200");
  }

  @Test
  void whatNeedsARejectedOrUnknownReferenceFails() throws Exception {
    KnownReference bad = kept();
    String rejected = heldFor(bad.id());
    String unknown = heldFor(ReferenceId.mint());
    crew.send(
        new Crew.Made(
            "asset-service",
            bad.id().value(),
            ReferenceRejected.newBuilder()
                .setEnvelope(envelope(bad.id()))
                .setReference(bad.id().value())
                .build()));

    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() -> {
          assertThat(stage.get("/v1/videos/" + rejected).text("/error/code"))
              .isEqualTo("reference_rejected");
          assertThat(stage.get("/v1/videos/" + unknown).text("/error/code"))
              .isEqualTo("source_unavailable");
        });
  }

  @Test
  void whatIsNoImageIsRefusedAndABrokenUploadIsSwept() {
    assertThatThrownBy(() ->
            shelf.store(
                LOCAL,
                new ByteArrayInputStream("hello".getBytes(StandardCharsets.UTF_8)),
                "image/png",
                "input_reference"))
        .isInstanceOfSatisfying(
            RefusalException.class,
            refusal -> {
              assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_REFERENCE);
              assertThat(refusal.param()).contains("input_reference");
            });
    ReferenceId left = ReferenceId.mint();
    stage.bean(Unfinished.class).begin(LOCAL, left, "image/png");
    stage
        .jdbc()
        .sql("update reference set noted_at = noted_at - interval '6 minutes' where id = ?")
        .param(left.value())
        .update();
    await()
        .atMost(Duration.ofSeconds(15))
        .until(() ->
            stage
                    .jdbc()
                    .sql("select count(*) from reference where id = ?")
                    .param(left.value())
                    .query(Long.class)
                    .single()
                == 0);
  }

  @Test
  void whatIsNotNeededIsSweptWithItsBytesAndWhatIsKeptStays() throws Exception {
    AssetVault vault = stage.bean(AssetVault.class);
    KnownReference kept = kept();
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB), "png", png);
    KnownReference lost =
        shelf.store(LOCAL, new ByteArrayInputStream(png.toByteArray()), "image/png", "video[x]");
    assertThat(vault.find(key(lost))).isPresent();
    shelf.discard(LOCAL, lost.id());
    shelf.discard(LOCAL, kept.id());
    assertThatThrownBy(() -> shelf.keep(LOCAL, ACTOR, lost)).isInstanceOf(RefusalException.class);
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() -> assertThat(vault.find(key(lost))).isEmpty());
    assertThat(vault.find(key(kept))).isPresent();
  }

  @Test
  void whatCanNotBeDecidedKeepsNoOtherWaiting() {
    References references = stage.bean(References.class);
    GenerationId one = new GenerationId(heldFor(ReferenceId.mint()));
    assertThat(references.decidable(Duration.ZERO, 1000)).contains(one);
    references.postpone(one);
    assertThat(references.decidable(Duration.ZERO, 1000)).doesNotContain(one);
  }

  private static ObjectKey key(KnownReference reference) {
    return new ObjectKey(reference.object().orElseThrow().getKey());
  }

  private KnownReference.State state(ReferenceId id) {
    return shelf.find(LOCAL, id).orElseThrow().state();
  }
}
