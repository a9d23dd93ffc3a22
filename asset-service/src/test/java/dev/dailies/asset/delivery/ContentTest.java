package dev.dailies.asset.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dailies.asset.AssetServiceFixture;
import dev.dailies.asset.Clips;
import dev.dailies.asset.Told;
import dev.dailies.asset.Told.Take;
import dev.dailies.contracts.event.AssetReady;
import dev.dailies.contracts.event.AssetViewable;
import dev.dailies.contracts.event.AssetWithheld;
import dev.dailies.contracts.event.AudioMode;
import dev.dailies.contracts.event.ModerationOutcome;
import dev.dailies.contracts.event.OutputForm;
import dev.dailies.contracts.event.SpecificationForm;
import dev.dailies.testkit.TestStore;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Handing out: to whom, what, and how. */
class ContentTest extends AssetServiceFixture {
  private static Take shown = Take.fresh();
  private static boolean cleared;

  @BeforeEach
  void one_video_is_cleared() {
    if (!cleared) {
      shown = show(Clips.moving(1), 1);
      cleared = true;
    }
  }

  private Take show(byte[] clip, double seconds) {
    Take take = Take.fresh();
    TOLD.say(take, Told.completed(take, master(take, clip), seconds));
    TOLD.say(take, Told.moderated(take, 1, ModerationOutcome.CLEAR));
    awaitEvent(take, AssetViewable.class);
    return take;
  }

  private Take showLarge() {
    Take take = Take.fresh();
    SpecificationForm small = Told.form(take, 2, AudioMode.NONE);
    OutputForm size = OutputForm.newBuilder(small.getOutput()).setWidth(640).setHeight(360).build();
    SpecificationForm form = SpecificationForm.newBuilder(small).setOutput(size).build();
    TOLD.say(take, Told.completed(take, master(take, Clips.noise(2)), form));
    TOLD.say(take, Told.moderated(take, 1, ModerationOutcome.CLEAR));
    awaitEvent(take, AssetViewable.class);
    return take;
  }

  private HttpRequest.Builder content(Take take, String query) {
    return request("/v1/videos/" + take.generation() + "/content" + query, OWNER);
  }

  @Test
  void gives_the_whole_video() throws Exception {
    HttpResponse<byte[]> answer = bytes(content(shown, "").build());

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(header(answer, "Content-Type")).isEqualTo("video/mp4");
    assertThat(header(answer, "Accept-Ranges")).isEqualTo("bytes");
    assertThat(header(answer, "Content-Length")).isEqualTo("" + answer.body().length);
    assertThat(header(answer, "ETag")).isEqualTo("\"" + Told.sha256(answer.body()) + "\"");
    assertThat(new String(answer.body(), StandardCharsets.ISO_8859_1)).contains("AI GENERATED");
  }

  @Test
  void gives_thumbnail_and_spritesheet() throws Exception {
    for (String variant : List.of("thumbnail", "spritesheet")) {
      HttpResponse<byte[]> answer = bytes(content(shown, "?variant=" + variant).build());
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(header(answer, "Content-Type")).isEqualTo("image/jpeg");
      assertThat(answer.body()).startsWith(0xff, 0xd8);
    }
  }

  @Test
  void serves_clients_that_accept_their_own_idea_of_binary() throws Exception {
    var request = content(shown, "").header("Accept", "application/binary").build();
    assertThat(bytes(request).statusCode()).isEqualTo(200);
  }

  @Test
  void a_head_tells_what_a_get_would_give() throws Exception {
    int size = bytes(content(shown, "").build()).body().length;

    HttpResponse<byte[]> whole = bytes(content(shown, "").HEAD().build());
    assertThat(whole.statusCode()).isEqualTo(200);
    assertThat(whole.body()).isEmpty();
    assertThat(header(whole, "Content-Length")).isEqualTo("" + size);

    HttpResponse<byte[]> part =
        bytes(content(shown, "").HEAD().header("Range", "bytes=0-9").build());
    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(header(part, "Content-Length")).isEqualTo("10");
  }

  @Test
  void gives_ranges() throws Exception {
    byte[] whole = bytes(content(shown, "").build()).body();
    int size = whole.length;

    assertRange("bytes=0-9", 0, 10, whole);
    assertRange("bytes=10-", 10, size, whole);
    assertRange("bytes=-10", size - 10, size, whole);
    assertRange("bytes=%d-%d".formatted(size - 1, size + 100), size - 1, size, whole);
    var outside = bytes(content(shown, "").header("Range", "bytes=" + size + "-").build());
    assertThat(outside.statusCode()).isEqualTo(416);
    assertThat(header(outside, "Content-Range")).isEqualTo("bytes */" + size);
    var nonsense = bytes(content(shown, "").header("Range", "chapters=1-2").build());
    assertThat(nonsense.statusCode()).isEqualTo(200);
    var several = bytes(content(shown, "").header("Range", "bytes=0-1,5-6").build());
    assertThat(several.statusCode()).isEqualTo(200);
    assertThat(several.body()).isEqualTo(whole);
  }

  private void assertRange(String range, int from, int to, byte[] whole) throws Exception {
    var answer = bytes(content(shown, "").header("Range", range).build());
    assertThat(answer.statusCode()).as(range).isEqualTo(206);
    assertThat(header(answer, "Content-Range"))
        .isEqualTo("bytes %d-%d/%d".formatted(from, to - 1, whole.length));
    assertThat(answer.body()).isEqualTo(Arrays.copyOfRange(whole, from, to));
  }

  @Test
  void answers_conditions() throws Exception {
    String etag = header(bytes(content(shown, "").build()), "ETag");

    var same = bytes(content(shown, "").header("If-None-Match", "\"x\", " + etag).build());
    assertThat(same.statusCode()).isEqualTo(304);
    assertThat(same.body()).isEmpty();
    var other = bytes(content(shown, "").header("If-None-Match", "\"x\"").build());
    assertThat(other.statusCode()).isEqualTo(200);
    var fresh =
        bytes(content(shown, "").header("Range", "bytes=0-0").header("If-Range", etag).build());
    assertThat(fresh.statusCode()).isEqualTo(206);
    var stale =
        bytes(content(shown, "").header("Range", "bytes=0-0").header("If-Range", "\"x\"").build());
    assertThat(stale.statusCode()).isEqualTo(200);
  }

  @Test
  void an_unknown_variant_is_a_mistake_of_the_client() throws Exception {
    var answer = get("/v1/videos/" + shown.generation() + "/content?variant=master", OWNER);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("\"param\":\"variant\"", "\"error\"");
  }

  @Test
  void unknown_foreign_and_not_to_be_seen_are_one_and_the_same_answer() throws Exception {
    Take unseen = Take.fresh();
    TOLD.say(unseen, Told.completed(unseen, master(unseen, Clips.moving(1)), 1));
    awaitEvent(unseen, AssetReady.class);

    var unknown = get("/v1/videos/" + Take.fresh().generation() + "/content", OWNER);
    var malformed = get("/v1/videos/nonsense/content", OWNER);
    var foreign = get("/v1/videos/" + shown.generation() + "/content", STRANGER);
    var notYet = get("/v1/videos/" + unseen.generation() + "/content", OWNER);

    assertThat(unknown.statusCode()).isEqualTo(404);
    assertThat(unknown.headers().firstValue("x-should-retry")).contains("false");
    assertThat(unknown.body()).contains("\"error\"", "\"code\":\"not_found\"");
    for (var answer : List.of(malformed, foreign, notYet)) {
      assertThat(answer.statusCode()).isEqualTo(404);
      assertThat(answer.body()).isEqualTo(unknown.body());
      assertThat(answer.headers().map().keySet()).isEqualTo(unknown.headers().map().keySet());
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = ModerationOutcome.class,
      names = {"HOLD", "BLOCK"})
  void what_moderation_keeps_back_is_not_served(ModerationOutcome outcome) throws Exception {
    Take take = show(Clips.moving(1), 1);
    assertThat(bytes(content(take, "").build()).statusCode()).isEqualTo(200);

    TOLD.say(take, Told.moderated(take, 2, outcome));
    awaitEvent(take, AssetWithheld.class);

    assertThat(bytes(content(take, "").build()).statusCode()).isEqualTo(404);
    assertThat(download(take, "delivery").statusCode()).isEqualTo(404);
    TOLD.say(take, Told.moderated(take, 3, ModerationOutcome.CLEAR));
    Awaitility.await().until(() -> bytes(content(take, "").build()).statusCode() == 200);
  }

  @Test
  void needs_a_key() throws Exception {
    var answer = get("/v1/videos/" + shown.generation() + "/content", "wrong");
    assertThat(answer.statusCode()).isEqualTo(401);
  }

  @Test
  void a_stream_is_cut_when_the_right_to_see_it_ends() throws Exception {
    Take take = showLarge();
    try (SlowReader reader = slowReader(take, OWNER)) {
      TOLD.say(take, Told.moderated(take, 2, ModerationOutcome.BLOCK));
      awaitEvent(take, AssetWithheld.class);

      assertThat(reader.drain()).isBetween(1000L, reader.length() - 1);
    }
  }

  @Test
  void a_stream_is_cut_when_its_key_is_revoked() throws Exception {
    Take take = showLarge();
    String leaver = "leaver-" + UUID.randomUUID();
    TOLD.key(leaver, Told.WORKSPACE, 1, false, "reviewer");
    Awaitility.await().until(() -> get("/api/assets?shot=none", leaver).statusCode() == 200);
    try (SlowReader reader = slowReader(take, leaver)) {
      TOLD.key(leaver, Told.WORKSPACE, 2, true, "reviewer");
      Awaitility.await().until(() -> get("/api/assets?shot=none", leaver).statusCode() == 401);

      assertThat(reader.drain()).isBetween(1000L, reader.length() - 1);
    }
  }

  private SlowReader slowReader(Take take, String key) throws IOException {
    return new SlowReader(port, "/v1/videos/" + take.generation() + "/content", key);
  }

  @Test
  void a_store_that_is_down_is_said_so() throws Exception {
    TestStore.shared().stop();
    try {
      var answer = get("/v1/videos/" + shown.generation() + "/content", OWNER);
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.body()).contains("\"code\":\"store_unavailable\"");
      assertThat(answer.headers().firstValue("ETag")).isEmpty();
    } finally {
      TestStore.shared().start();
    }
    assertThat(bytes(content(shown, "").build()).statusCode()).isEqualTo(200);
  }

  @Test
  void a_download_url_gives_the_marked_form_without_a_key() throws Exception {
    byte[] delivery = bytes(content(shown, "").build()).body();

    HttpResponse<String> answer = download(shown, "delivery");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
    Matcher url = Pattern.compile("\"url\":\"([^\"]+)\"").matcher(answer.body());
    assertThat(url.find()).isTrue();
    HttpResponse<byte[]> fetched = bytes(HttpRequest.newBuilder(URI.create(url.group(1))).build());
    assertThat(fetched.body()).isEqualTo(delivery);
    assertThat(url.group(1)).contains("X-Amz-Expires=60");
  }

  @Test
  void the_master_is_never_handed_out() throws Exception {
    assertThat(download(shown, "master").statusCode()).isEqualTo(400);
    var body = get("/api/assets/" + shown.asset(), STRANGER);
    assertThat(body.statusCode()).isEqualTo(404);
  }

  @Test
  void tells_what_is_known_of_an_asset() throws Exception {
    String facts = get("/api/assets/" + shown.asset(), OWNER).body().replace(": ", ":");
    assertThat(facts)
        .contains(
            "\"state\":\"ready\"",
            "\"viewable\":true",
            "\"columns\":2",
            "\"length_millis\":1000",
            "\"text\":\"AI GENERATED\"",
            "\"model\":\"animatic-1\"",
            "\"variant\":\"delivery\"");
    assertThat(get("/api/assets?generation=" + shown.generation(), OWNER).body())
        .contains(shown.asset().value());
    assertThat(get("/api/assets?shot=" + shown.shot(), OWNER).body())
        .contains(shown.asset().value());
    assertThat(get("/api/assets?shot=" + shown.shot(), STRANGER).body()).isEqualTo("{\"data\":[]}");
    assertThat(get("/api/assets", OWNER).statusCode()).isEqualTo(400);
  }

  private HttpResponse<String> download(Take take, String variant) throws Exception {
    return http.send(
        request("/api/assets/" + take.asset() + "/download?variant=" + variant, OWNER)
            .POST(HttpRequest.BodyPublishers.noBody())
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static String header(HttpResponse<?> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }
}
