package dev.dailies.worker.endpoint.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dailies.contracts.EventSchemas;
import dev.dailies.contracts.RenderId;
import dev.dailies.contracts.event.AudioDirection;
import dev.dailies.contracts.event.AudioMode;
import dev.dailies.contracts.event.Beat;
import dev.dailies.contracts.event.DialogueLine;
import dev.dailies.contracts.event.Operation;
import dev.dailies.worker.endpoint.ClientReference;
import dev.dailies.worker.endpoint.Direction;
import dev.dailies.worker.endpoint.FrameSize;
import dev.dailies.worker.endpoint.InputFile;
import dev.dailies.worker.endpoint.ModelOffer;
import dev.dailies.worker.endpoint.Negotiation;
import dev.dailies.worker.endpoint.OfferNegotiator;
import dev.dailies.worker.endpoint.ParentVideo;
import dev.dailies.worker.endpoint.RenderRequest;
import dev.dailies.worker.endpoint.Sound;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What is sent for each operation, and what this format has no words for. */
class CreateCallTest {
  private static final ClientReference REFERENCE = ClientReference.of(RenderId.mint());
  private static final ParentVideo THERE =
      new ParentVideo(Optional.of("video/7"), Optional.of(Duration.ofSeconds(3)));
  private static final ParentVideo HERE =
      new ParentVideo(Optional.empty(), Optional.of(Duration.ofSeconds(3)));

  static {
    // Avro trusts our types from here on.
    var unused = EventSchemas.types();
  }

  @TempDir Path folder;

  @Test
  void aRemixNamesItsVideoInThePath() throws Exception {
    CreateCall call = CreateCall.of(request(Operation.REMIX, THERE), REFERENCE);
    JsonNode body = Answer.JSON.readTree(bytes(call));

    assertThat(call.path()).isEqualTo("/v1/videos/video%2F7/remix");
    assertThat(body.path("prompt").asString()).isEqualTo("bluer");
    assertThat(body.path("client_reference").asString()).isEqualTo(REFERENCE.value());
    assertThat(body.path("seconds").asString()).isEqualTo("4");
  }

  @Test
  void anExtensionAsksForWhatIsAdded() throws Exception {
    CreateCall call = CreateCall.of(request(Operation.EXTEND, THERE), REFERENCE);
    JsonNode body = Answer.JSON.readTree(bytes(call));

    assertThat(call.path()).isEqualTo("/v1/videos/extensions");
    assertThat(body.path("video").path("id").asString()).isEqualTo("video/7");
    assertThat(body.path("seconds").asString()).isEqualTo("1");
    assertThat(body.has("size")).isFalse();
  }

  @Test
  void anExtensionIsFittedAndPricedByWhatIsAdded() {
    ModelOffer offer =
        new ModelOffer("m", List.of(), List.of(Duration.ofSeconds(2)), true, Optional.empty());

    var agreed =
        (Negotiation.Agreed) OfferNegotiator.negotiate(request(Operation.EXTEND, THERE), offer);

    assertThat(agreed.plan().effective().made()).isEqualTo(Duration.ofSeconds(2));
    assertThat(agreed.plan().effective().length()).isEqualTo(Duration.ofSeconds(5));
    assertThat(agreed.plan().adjustments())
        .singleElement()
        .satisfies(a -> assertThat(a.done()).isEqualTo("2"));
  }

  @Test
  void anEditOfAFileIsAForm() throws Exception {
    CreateCall call = CreateCall.of(request(Operation.EDIT, HERE, file("video/mp4")), REFERENCE);
    String body = new String(bytes(call), StandardCharsets.UTF_8);

    assertThat(call.path()).isEqualTo("/v1/videos/edits");
    assertThat(call.contentType()).startsWith("multipart/form-data; boundary=");
    assertThat(body)
        .contains("name=\"prompt\"\r\n\r\nbluer\r\n")
        .contains("name=\"video\"; filename=\"video\"\r\nContent-Type: video/mp4\r\n\r\nclip\r\n")
        .contains("name=\"client_reference\"\r\n\r\n" + REFERENCE.value())
        .endsWith("--\r\n");
  }

  @Test
  void aPictureIsReadAsItIsSent() throws Exception {
    byte[] picture = new byte[200_003];
    new Random(7).nextBytes(picture);
    Path file = Files.write(folder.resolve("picture"), picture);
    RenderRequest request =
        request(Operation.GENERATE, HERE, new InputFile(file, "image/png", "first"));

    CreateCall call = CreateCall.of(request, REFERENCE);
    String url =
        Answer.JSON.readTree(bytes(call)).path("input_reference").path("image_url").asString();

    assertThat(url).startsWith("data:image/png;base64,");
    assertThat(Base64.getDecoder().decode(url.substring(url.indexOf(',') + 1))).isEqualTo(picture);
  }

  @Test
  void aFilmTakesNoHeapOfItsSize() throws Exception {
    Path file = folder.resolve("film");
    long size = 3L << 30;
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(size);
    }
    RenderRequest request =
        request(Operation.EDIT, HERE, new InputFile(file, "video/mp4", "source"));

    CallBody body = CreateCall.of(request, REFERENCE).body();

    assertThat(body.length()).isBetween(size, size + 4096);
    try (InputStream in = body.open()) {
      assertThat(new String(in.readNBytes(4096), StandardCharsets.UTF_8)).contains("video/mp4");
    }
  }

  @Test
  void whatCannotBeSaidIsNotTried() throws Exception {
    ParentVideo ofUnknownLength = new ParentVideo(Optional.of("v"), Optional.empty());
    assertThat(CreateCall.impossible(request(Operation.REMIX, HERE))).contains("no_parent");
    assertThat(CreateCall.impossible(request(Operation.EDIT, HERE))).contains("inputs");
    assertThat(CreateCall.impossible(request(Operation.EDIT, HERE, file("image/png"))))
        .contains("inputs");
    assertThat(CreateCall.impossible(request(Operation.EDIT, THERE, file("video/mp4"))))
        .contains("inputs");
    assertThat(CreateCall.impossible(request(Operation.EXTEND, ofUnknownLength)))
        .contains("no_parent_length");
    assertThat(CreateCall.impossible(request(Operation.UPSCALE, THERE))).contains("operation");
    assertThat(CreateCall.impossible(request(Operation.EDIT, THERE))).isEmpty();
    assertThat(CreateCall.impossible(request(Operation.EXTEND, HERE, file("video/mp4")))).isEmpty();
  }

  @Test
  void storyboardAndSoundGoAlongWhereTheyAreGiven() throws Exception {
    Direction direction =
        new Direction(
            List.of(
                Beat.newBuilder().setAtMillis(0).setLengthMillis(1500).setText("a door").build()),
            Optional.of(
                AudioDirection.newBuilder()
                    .setMode(AudioMode.FULL)
                    .setDialogue(
                        List.of(
                            DialogueLine.newBuilder().setSpeaker("Ada").setLine("Hello").build()))
                    .setMusic("a waltz")
                    .build()));

    CreateCall call = CreateCall.of(request(Optional.empty(), direction), REFERENCE);
    JsonNode body = Answer.JSON.readTree(bytes(call));
    JsonNode bare =
        Answer.JSON.readTree(
            bytes(CreateCall.of(request(Optional.empty(), Direction.NONE), REFERENCE)));

    assertThat(body.path("beats").get(0).path("seconds").asString()).isEqualTo("1.5");
    assertThat(body.path("beats").get(0).path("text").asString()).isEqualTo("a door");
    assertThat(body.path("audio").path("dialogue").get(0).path("line").asString())
        .isEqualTo("Hello");
    assertThat(body.path("audio").path("music").asString()).isEqualTo("a waltz");
    assertThat(bare.has("beats") || bare.has("audio")).isFalse();
  }

  private static byte[] bytes(CreateCall call) throws IOException {
    try (InputStream in = call.body().open()) {
      byte[] bytes = in.readAllBytes();
      assertThat(call.body().length()).isEqualTo(bytes.length);
      return bytes;
    }
  }

  private InputFile file(String contentType) throws Exception {
    return new InputFile(Files.writeString(folder.resolve("clip"), "clip"), contentType, "source");
  }

  private static RenderRequest request(
      Operation operation, ParentVideo parent, InputFile... inputs) {
    return new RenderRequest(
        "m",
        operation,
        "bluer",
        Optional.empty(),
        new FrameSize(640, 360),
        Duration.ofSeconds(4),
        Sound.MODEL_DEFAULT,
        OptionalLong.empty(),
        List.of(inputs),
        Optional.of(parent),
        Direction.NONE);
  }

  private static RenderRequest request(Optional<ParentVideo> parent, Direction direction) {
    return new RenderRequest(
        "m",
        Operation.GENERATE,
        "bluer",
        Optional.empty(),
        new FrameSize(640, 360),
        Duration.ofSeconds(4),
        Sound.FULL,
        OptionalLong.empty(),
        List.of(),
        parent,
        direction);
  }
}
