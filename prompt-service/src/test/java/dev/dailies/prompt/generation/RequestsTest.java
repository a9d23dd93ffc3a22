package dev.dailies.prompt.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dailies.contracts.GenerationId;
import dev.dailies.contracts.ReferenceId;
import dev.dailies.contracts.event.ModerationOutcome;
import dev.dailies.contracts.event.Operation;
import dev.dailies.contracts.event.RenderJob;
import dev.dailies.contracts.event.StoredObject;
import dev.dailies.prompt.Crew;
import dev.dailies.prompt.Stage;
import dev.dailies.prompt.Stage.Answer;
import dev.dailies.prompt.Stage.Part;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What may be asked for beyond a prompt: sources, lineage, variations, repeats and deadlines. */
class RequestsTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final byte[] PICTURE = picture();
  private static final byte[] FILM = "....ftypisom".getBytes(StandardCharsets.UTF_8);
  private static final Stage stage = Stage.shared();

  /** One of its own each time. */
  private static byte[] picture() {
    BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
    image.setRGB(1, 1, UUID.randomUUID().hashCode());
    image.setRGB(2, 2, UUID.randomUUID().hashCode());
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", png);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return png.toByteArray();
  }

  /** An MP4's header without a picture: 3.02 s of that size. */
  private static byte[] film(int width, int height) {
    byte[] size = ByteBuffer.allocate(12).putInt(4, width << 16).putInt(8, height << 16).array();
    byte[] length = ByteBuffer.allocate(20).putInt(12, 1000).putInt(16, 3020).array();
    return bytes(
        box("ftyp", "isom".getBytes(StandardCharsets.UTF_8)),
        box("moov", bytes(box("mvhd", length), box("trak", box("tkhd", size)))));
  }

  private static byte[] box(String type, byte[] content) {
    return bytes(
        ByteBuffer.allocate(4).putInt(8 + content.length).array(),
        type.getBytes(StandardCharsets.UTF_8),
        content);
  }

  private static byte[] bytes(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    Stream.of(parts).forEach(all::writeBytes);
    return all.toByteArray();
  }

  private static long kept() {
    return stage
        .jdbc()
        .sql("select count(*) from reference where state not in ('UPLOADING', 'DISCARDED')")
        .query(Long.class)
        .single();
  }

  private static Map<String, Object> asked(Object... fields) {
    Map<String, Object> body = new HashMap<>();
    body.put("prompt", "A heron lifts off at dawn");
    body.put("model", "m-lineage");
    body.put("size", "160x90");
    for (int i = 0; i < fields.length; i += 2) {
      body.put((String) fields[i], fields[i + 1]);
    }
    return body;
  }

  private static String id(Answer answer) {
    assertThat(answer.status()).as(answer.raw().body()).isEqualTo(200);
    return answer.text("/id");
  }

  private static void awaitState(String id, String state) {
    await()
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(50))
        .untilAsserted(() -> assertThat(stage.state(id)).isEqualTo(state));
  }

  private static String hold(String id) {
    return stage.generation(id).at("/holds/0/name").asString("");
  }

  @Test
  void aReferenceComesAsAFileAsADataUrlOrAsAnId() {
    Part prompt = Part.field("prompt", "A heron");
    String url = "data:image/png;base64," + Base64.getEncoder().encodeToString(PICTURE);
    String file =
        id(
            stage.form(
                "/v1/videos", List.of(new Part("input_reference", "image/png", PICTURE), prompt)));
    JsonNode source = stage.generation(file).at("/specification/sources/0");
    assertThat(source.at("/role").asString()).isEqualTo("first");
    String reference = source.at("/id").asString();
    assertThat(reference).startsWith(ReferenceId.PREFIX);
    assertThat(hold(file)).as("asset-service looks at it first").isEqualTo("reference");

    id(stage.form("/v1/videos", List.of(prompt, Part.field("input_reference[image_url]", url))));
    id(stage.post("/v1/videos", asked("input_reference", Map.of("image_url", url))));
    id(stage.post("/v1/videos", asked("input_reference", Map.of("file_id", reference))));
    String unknown = ReferenceId.mint().value();
    assertThat(hold(id(stage.post("/v1/videos", asked("input_reference", unknown)))))
        .isEqualTo("reference");
  }

  @Test
  void nothingIsKeptOfWhatIsRefused() {
    long before = kept();
    Part picture = new Part("input_reference", "image/png", PICTURE);
    Part prompt = Part.field("prompt", "A heron");
    String large = "data:image/png;base64," + "A".repeat(27_970_000);
    List<Answer> answers =
        List.of(
            stage.form("/v1/videos", List.of(picture)),
            stage.form("/v1/videos", List.of(picture, picture, prompt)),
            stage.form("/v1/videos", List.of(picture, prompt, prompt)),
            stage.form("/v1/videos", List.of(picture, prompt, Part.field("seconds", "99"))),
            stage.form("/v1/videos", List.of(new Part("../x", "image/png", PICTURE), prompt)),
            stage.form(
                "/v1/videos",
                List.of(new Part("input_reference", "image/png", new byte[0]), prompt)),
            stage.form(
                "/v1/videos", List.of(new Part("input_reference", "image/png", FILM), prompt)),
            stage.form(
                "/v1/videos/edits", List.of(new Part("video", "video/mp4", PICTURE), prompt)),
            stage.form(
                "/v1/videos/extensions", List.of(new Part("video", "video/mp4", FILM), prompt)),
            stage.post("/v1/videos", asked("input_reference", Map.of("image_url", large))),
            stage.post("/v1/videos", asked("input_reference", "data:image/png;base64,*")),
            stage.post("/v1/videos", asked("input_reference", "data:image/png,abc")),
            stage.post("/v1/videos", asked("input_reference", Map.of())),
            stage.form("/v1/videos", List.of(Part.field("prompt", "x".repeat(30_000_000)))));
    assertThat(answers)
        .allSatisfy(answer -> {
          assertThat(answer.status()).as(answer.raw().body()).isIn(400, 413, 415);
          assertThat(answer.text("/error/code")).isNotEmpty();
          assertThat(answer.header("x-should-retry")).isEqualTo("false");
        });
    assertThat(kept()).isEqualTo(before);
  }

  @Test
  void whatIsMadeOfAVideoWaitsUntilThatMayBeSeenAndTakesItsFormAndItsMaster() {
    Crew crew = new Crew("lineage");
    String parent = id(stage.post("/v1/videos", asked("seconds", 3, "seed", 7)));
    Answer remix = stage.post("/v1/videos/" + parent + "/remix", Map.of("prompt", "At night"));
    Answer extension =
        stage.form(
            "/v1/videos/extensions",
            List.of(
                Part.field("video[id]", parent),
                Part.field("prompt", "It lands"),
                Part.field("seconds", "4")));
    Answer edit =
        stage.post("/v1/videos/edits", Map.of("prompt", "Bluer", "video", Map.of("id", parent)));
    Answer still = stage.post("/v1/videos", asked("input_reference", parent));
    assertThat(List.of(remix, extension, edit))
        .allSatisfy(answer -> {
          assertThat(hold(id(answer))).isEqualTo("parent");
          assertThat(answer.text("/remixed_from_video_id")).isEqualTo(parent);
          assertThat(answer.text("/size")).isEqualTo("160x90");
          assertThat(stage.get("/v1/videos/" + id(answer)).body()).isEqualTo(answer.body());
        });
    assertThat(remix.text("/seconds")).isEqualTo("3");
    assertThat(extension.text("/seconds")).isEqualTo("7");

    crew.beat(20);
    RenderJob job = crew.job(parent, 1);
    crew.send(crew.claimed(job), crew.submitted(job), crew.completed(job), crew.ready(job));
    awaitState(parent, "completed");
    assertThat(hold(id(remix))).isEqualTo("parent");
    crew.send(crew.viewable(job));

    RenderJob extend = crew.job(id(extension), 1);
    assertThat(extend.getForm().getOperation()).isEqualTo(Operation.EXTEND);
    assertThat(extend.getInputs())
        .extracting(StoredObject::getKey)
        .singleElement()
        .asString()
        .contains("/renders/");
    assertThat(extend.getParentEndpoint()).contains("one");
    assertThat(extend.getParentVendorId()).contains("vendor-1");
    assertThat(extend.getParentLengthMillis()).contains(3000L);
    assertThat(crew.job(id(remix), 1).getForm().getSeed()).contains(7L);
    assertThat(crew.job(id(still), 1).getInputs().getFirst().getKey()).endsWith("poster.jpg");

    JsonNode known = stage.generation(parent);
    assertThat(known.at("/lineage/derived").size()).isEqualTo(4);
    assertThat(stage.generation(id(remix)).at("/lineage/sources/0/id").asString())
        .isEqualTo(parent);
    Answer asset =
        stage.post(
            "/v1/videos/edits", Map.of("prompt", "x", "video", known.at("/asset").asString()));
    assertThat(asset.text("/remixed_from_video_id")).isEqualTo(parent);
    assertThat(hold(id(asset))).isEmpty();
  }

  @Test
  void whatIsMadeOfAnUploadedFilmHasItsLengthAndItsSize() {
    Part prompt = Part.field("prompt", "Bluer");
    Part model = Part.field("model", "m-lineage");
    Part film = new Part("video", "video/mp4", film(160, 90));
    Answer edit = stage.form("/v1/videos/edits", List.of(film, prompt, model));
    assertThat(id(edit)).isNotEmpty();
    assertThat(edit.text("/seconds")).isEqualTo("3");
    assertThat(edit.text("/size")).isEqualTo("160x90");

    Part more = Part.field("seconds", "4");
    Answer extension = stage.form("/v1/videos/extensions", List.of(film, prompt, model, more));
    assertThat(id(extension)).isNotEmpty();
    assertThat(extension.text("/seconds")).isEqualTo("7");
    Specification.Form form =
        stage
            .bean(GenerationStore.class)
            .specification(new GenerationId(id(extension)))
            .orElseThrow()
            .form();
    assertThat(form.length()).isEqualTo(Duration.ofMillis(7020));
    assertThat(form.extendedMillis()).contains(3020L);

    Part odd = new Part("video", "video/mp4", film(162, 90));
    assertThat(id(stage.form("/v1/videos/edits", List.of(odd, prompt, model)))).isNotEmpty();
    Answer refused = stage.form("/v1/videos/extensions", List.of(odd, prompt, model, more));
    assertThat(refused.text("/error/code")).isEqualTo("unsupported_size");
    assertThat(refused.text("/error/message")).contains("162x90", "160x90");
  }

  @Test
  void whatCanNeverBeMadeFailsWithAllThatWaitsForIt() {
    String parent = id(stage.post("/v1/videos", asked("not_before", "2099-01-01T00:00:00Z")));
    String child = id(remixOf(parent));
    String grandchild = id(remixOf(child));
    stage.post("/api/generations/" + parent + "/cancel", "");
    assertThat(stage.get("/v1/videos/" + grandchild).text("/error/code"))
        .isEqualTo("source_unavailable");
    assertThat(stage.state(child)).isEqualTo("failed");
    Answer late = remixOf(parent);
    assertThat(late.status()).isEqualTo(400);
    assertThat(late.text("/error/code")).isEqualTo("source_unavailable");
    assertThat(remixOf(GenerationId.mint().value()).raw().body())
        .isEqualTo(remixOf("video_none").raw().body())
        .contains("not_found");

    Crew crew = new Crew("lineage");
    String blocked = id(stage.post("/v1/videos", asked()));
    String waits = id(remixOf(blocked));
    crew.beat(20);
    RenderJob job = crew.job(blocked, 1);
    crew.send(crew.claimed(job), crew.completed(job), crew.ready(job));
    crew.send(crew.moderated(job, ModerationOutcome.BLOCK, 1));
    awaitState(waits, "failed");
  }

  @Test
  void aKeyGivesTheFirstAnswerThoughItsSourceIsGone() {
    String parent = id(stage.post("/v1/videos", asked("not_before", "2099-01-01T00:00:00Z")));
    String key = "k-" + UUID.randomUUID();
    Answer first = remix(parent, key, Map.of("prompt", "At night"));
    stage.post("/api/generations/" + parent + "/cancel", "");
    assertThat(id(remix(parent, key, Map.of("prompt", "At night")))).isEqualTo(id(first));
    assertThat(stage.call("DELETE", Stage.OWNER, "/api/generations/" + parent, "").status())
        .isEqualTo(200);
    assertThat(id(remix(parent, key, Map.of("prompt", "At night")))).isEqualTo(id(first));
    assertThat(remixOf(parent).status()).as("without the key it is unknown").isEqualTo(404);
    for (Answer other :
        List.of(
            remix(parent, key, Map.of("prompt", "At noon")),
            remix(GenerationId.mint().value(), key, Map.of("prompt", "At night")),
            stage.post("/v1/videos", asked("seconds", "99"), "Idempotency-Key", key),
            stage.post("/v1/videos", asked("seconds", "x"), "Idempotency-Key", key),
            stage.post("/v1/videos", asked("model", "none"), "Idempotency-Key", key))) {
      assertThat(other.status()).as(other.raw().body()).isEqualTo(409);
      assertThat(other.text("/error/code")).isEqualTo("idempotency_key_reused");
    }
  }

  @Test
  void equalRequestsAtOnceKeepOneFile() throws Exception {
    long before = kept();
    byte[] picture = picture();
    List<Part> form =
        List.of(Part.field("prompt", "Heron"), new Part("input_reference", "image/png", picture));
    String key = "k-" + UUID.randomUUID();
    Set<String> ids = new HashSet<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<String>> tries = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        tries.add(() -> id(stage.form("/v1/videos", form, "Idempotency-Key", key)));
      }
      for (Future<String> one : threads.invokeAll(tries)) {
        ids.add(one.get());
      }
    }
    assertThat(ids).hasSize(1);
    assertThat(kept()).isEqualTo(before + 1);
  }

  private static Answer remix(String video, String key, Map<String, Object> body) {
    return stage.post("/v1/videos/" + video + "/remix", body, "Idempotency-Key", key);
  }

  private static Answer remixOf(String video) {
    return stage.post("/v1/videos/" + video + "/remix", Map.of("prompt", "At night"));
  }

  @Test
  void aModelSaysWhatItCanNotDo() {
    String parent = stage.accepted("m-first", Map.of());
    Answer remix = remixOf(parent);
    assertThat(remix.text("/error/code")).isEqualTo("unsupported_operation");
    assertThat(remix.text("/error/message")).contains("it can generate");
    Answer characters = stage.post("/v1/videos/characters", "");
    assertThat(characters.status()).isEqualTo(404);
    assertThat(characters.text("/error/code")).isEqualTo("not_available");
    assertThat(characters.header("x-should-retry")).isEqualTo("false");
    assertThat(stage.get("/v1/videos/characters/char_1").status()).isEqualTo(404);
    assertThat(stage.post("/v1/nothing", "").text("/error/code")).isEqualTo("not_found");
    assertThat(stage.get("/v1/videos/edits/x").text("/error/code")).isEqualTo("not_found");
  }

  @Test
  void aClientsLibraryThatSendsAgainGetsTheFirstGeneration() throws Exception {
    Map<String, Object> body = asked("prompt", "Heron " + UUID.randomUUID());
    String first = id(stage.post("/v1/videos", body, "X-Stainless-Retry-Count", "0"));
    assertThat(id(stage.post("/v1/videos", body, "X-Stainless-Retry-Count", "1"))).isEqualTo(first);
    String second = id(stage.post("/v1/videos", body, "X-Stainless-Retry-Count", "0"));
    assertThat(second).as("no repeat: a request of its own").isNotEqualTo(first);
    assertThat(id(stage.post("/v1/videos", body, "X-Stainless-Retry-Count", "2")))
        .isEqualTo(second);

    long before = kept();
    byte[] picture = picture();
    List<Part> form =
        List.of(Part.field("prompt", "Heron"), new Part("input_reference", "image/png", picture));
    String upload = id(stage.form("/v1/videos", form, "X-Stainless-Retry-Count", "0"));
    assertThat(id(stage.form("/v1/videos", form, "X-Stainless-Retry-Count", "1")))
        .isEqualTo(upload);
    assertThat(kept()).isEqualTo(before + 1);

    Map<String, Object> race = asked("prompt", "Race " + UUID.randomUUID());
    Set<String> ids = new HashSet<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<String>> tries = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        tries.add(() -> id(stage.post("/v1/videos", race, "X-Stainless-Retry-Count", "1")));
      }
      for (Future<String> one : threads.invokeAll(tries)) {
        ids.add(one.get());
      }
    }
    assertThat(ids).hasSize(1);
  }

  /** The boundary differs each time, and whether a form or JSON was sent says nothing. */
  @Test
  void aRepeatIsKnownByWhatItAsksNotByHowItWasWritten() {
    String again = "X-Stainless-Retry-Count";
    String source = id(stage.post("/v1/videos", asked()));
    String prompt = "Heron " + UUID.randomUUID();
    List<Part> form = List.of(Part.field("prompt", prompt), Part.field("video[id]", source));
    Map<String, Object> json = Map.of("prompt", prompt, "video", Map.of("id", source));
    String edit = id(stage.form("/v1/videos/edits", form, again, "0"));
    assertThat(id(stage.post("/v1/videos/edits", json, again, "1"))).isEqualTo(edit);
    String extension = id(stage.post("/v1/videos/extensions", json, again, "1"));
    assertThat(extension).as("its first try never came").isNotEqualTo(edit);
    assertThat(id(stage.form("/v1/videos/extensions", form, again, "2"))).isEqualTo(extension);
    String remix = "/v1/videos/" + source + "/remix";
    String first = id(stage.post(remix, Map.of("prompt", prompt), again, "0"));
    assertThat(first).isNotIn(edit, extension);
    assertThat(id(stage.form(remix, form.subList(0, 1), again, "1"))).isEqualTo(first);
    assertThat(id(stage.post(remix, Map.of("prompt", prompt))))
        .as("says nothing")
        .isNotEqualTo(first);

    List<Part> one = List.of(form.getFirst(), new Part("input_reference", "image/png", picture()));
    List<Part> other =
        List.of(form.getFirst(), new Part("input_reference", "image/png", picture()));
    String pictured = id(stage.form("/v1/videos", one, again, "0"));
    assertThat(id(stage.form("/v1/videos", other, again, "1"))).isNotEqualTo(pictured);
  }

  @Test
  void aFirstTryThatItsOwnRepeatHasOvertakenIsTheSame() {
    SubmitGeneration submit = stage.bean(SubmitGeneration.class);
    Repetition late = new Repetition.Library("key", false, Instant.now());
    Repetition repeat = new Repetition.Library("key", true, Instant.now());
    Map<String, Object> body = asked("prompt", "Late " + UUID.randomUUID());
    List<GenerationId> ids =
        Stream.of(repeat, late)
            .map(how -> ((Submission.Accepted) submitted(submit, body, how)).first().id())
            .toList();
    assertThat(ids.getFirst()).isEqualTo(ids.getLast());
  }

  private static Submission submitted(
      SubmitGeneration submit, Map<String, Object> body, Repetition repetition) {
    try {
      return submit.submit(
          new dev.dailies.contracts.WorkspaceId("local"),
          new dev.dailies.contracts.event.Actor(dev.dailies.contracts.event.ActorKind.KEY, "key"),
          GenerationRequests.read(Stage.JSON.valueToTree(body)),
          repetition);
    } catch (Unreadable e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void theNativeApiTakesTheWholeSpecificationAndMakesVariations() {
    Map<String, Object> body =
        asked(
            "variations",
            3,
            "seed",
            40,
            "seconds",
            4,
            "frame_rate",
            24,
            "codec",
            "h264",
            "beats",
            List.of(
                Map.of("seconds", 1.5, "text", "Reeds"),
                Map.of("seconds", 2, "text", "Wings", "transition", "fade")),
            "audio",
            Map.of(
                "mode",
                "full",
                "music",
                "Cello",
                "dialogue",
                List.of(Map.of("speaker", "Ann", "line", "Look!", "beat", 1))),
            "goal",
            "Spring",
            "dimensions",
            Map.of("locale", "de-DE"),
            "label_profile",
            "eu",
            "priority",
            "bulk",
            "deadline",
            "2098-01-01T00:00:00Z",
            "metadata",
            Map.of("team", "north"));
    String key = UUID.randomUUID().toString();
    Answer answer = stage.post("/api/generations", body, "Idempotency-Key", key);
    assertThat(answer.status()).as(answer.raw().body()).isEqualTo(201);
    assertThat(stage.post("/api/generations", body, "Idempotency-Key", key).raw().body())
        .isEqualTo(answer.raw().body());
    assertThat(answer.body().at("/generations").size()).isEqualTo(3);
    assertThat(answer.body().at("/generations/2/seed").asInt()).isEqualTo(42);
    JsonNode third = stage.generation(answer.text("/generations/2/id"));
    assertThat(third.at("/shot").asString()).isEqualTo(answer.text("/shot"));
    JsonNode specification = third.at("/specification");
    assertThat(specification.at("/variation").asInt()).isEqualTo(3);
    assertThat(specification.at("/beats/1/at").asDouble()).isEqualTo(1.5);
    assertThat(specification.at("/sound/dialogue/0/line").asString()).isEqualTo("Look!");
    assertThat(specification.at("/dimensions/locale").asString()).isEqualTo("de-DE");
    assertThat(specification.at("/label_profile").asString()).isEqualTo("eu");
    assertThat(third.at("/metadata/team").asString()).isEqualTo("north");

    Answer more = stage.post("/api/generations", asked("shot", answer.text("/shot")));
    assertThat(more.text("/shot")).isEqualTo(answer.text("/shot"));
    assertThat(stage.post("/api/generations", asked("sed", 1)).text("/param")).isEqualTo("sed");
    assertThat(stage.post("/api/generations", asked("variations", 17)).status()).isEqualTo(400);
    assertThat(stage.post("/api/generations", asked("operation", "loop")).text("/code"))
        .isEqualTo("unsupported_operation");
    assertThat(stage.post("/api/generations", asked("kind", "image")).status()).isEqualTo(400);
  }

  @Test
  void aDeadlineEndsTheWait() {
    String id =
        id(
            stage.post(
                "/v1/videos",
                asked(
                    "model",
                    "m-owners",
                    "seconds",
                    1,
                    "deadline",
                    Instant.now().plusMillis(1500).toString())));
    await()
        .atMost(SOON)
        .untilAsserted(() ->
            assertThat(stage.get("/v1/videos/" + id).text("/error/code"))
                .isEqualTo("deadline_passed"));
  }

  @Test
  void aRowOfTheFirstBuildIsReadWithTheUsualValues() {
    SpecificationJson json = new SpecificationJson();
    Specification.Form form =
        json.form(
            """
            {"model":"animatic-1","size":{"width":160,"height":90},"length":"PT4S","seed":null,
             "audio":"MODEL_DEFAULT","priority":"STANDARD","notBefore":null}
            """);
    assertThat(form.operation()).isEqualTo(Operation.GENERATE);
    assertThat(form.variation()).isEqualTo(1);
    String sources = "{\"model\":\"m\",\"sources\":[{\"id\":\"ref_1\",\"role\":\"SOURCE\"}]}";
    assertThat(json.form(sources).extendedMillis()).isEmpty();
    assertThat(form.sources()).isEmpty();
    assertThat(json.words("{\"prompt\":\"x\",\"negativePrompt\":null}").beats()).isEmpty();
  }
}
