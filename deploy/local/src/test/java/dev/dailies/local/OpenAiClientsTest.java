package dev.dailies.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dailies.local.DailiesClient.Answer;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The official clients, unmodified but for base URL and key, as the programs use them that lost
 * {@code /v1/videos}: both go the same way and must see the same.
 */
class OpenAiClientsTest {
  /**
   * What each step must show; an error by its class, status, code, parameter, type and message, of
   * which the list of what is possible is left out.
   */
  private static final Map<String, String> EXPECTED = new LinkedHashMap<>();

  static {
    EXPECTED.put("create", "video queued animatic-1 160x90 1");
    EXPECTED.put(
        "content before ready",
        "NotFound 404 not_found - invalid_request_error: There is no such content.");
    EXPECTED.put(
        "delete before ready",
        "Conflict 409 not_ended - invalid_request_error: The video is not finished");
    EXPECTED.put("poll", "completed 100 a kite over dunes");
    EXPECTED.put("download video", "video/mp4 mp4");
    EXPECTED.put("download thumbnail", "image/jpeg ffd8");
    EXPECTED.put("download spritesheet", "image/jpeg ffd8");
    EXPECTED.put("list over pages", "true true");
    EXPECTED.put("models", "true");
    EXPECTED.put(
        "unknown model",
        "NotFound 404 model_not_found model invalid_request_error: There is no model 'sora-2'");
    EXPECTED.put(
        "bad size",
        "BadRequest 400 unsupported_size size invalid_request_error: 'animatic-1' can't make the size '7x7'");
    EXPECTED.put(
        "bad length",
        "BadRequest 400 unsupported_length seconds invalid_request_error: 'animatic-1' can't make a video of '3000' seconds");
    EXPECTED.put(
        "empty prompt",
        "BadRequest 400 invalid_request prompt invalid_request_error: A prompt is needed: 1 to 32000 characters that say what is to be seen.");
    EXPECTED.put(
        "long prompt",
        "BadRequest 400 invalid_request prompt invalid_request_error: prompt holds 33000 characters");
    EXPECTED.put(
        "unknown id", "NotFound 404 not_found - invalid_request_error: There is no such video.");
    EXPECTED.put(
        "foreign id", "NotFound 404 not_found - invalid_request_error: There is no such video.");
    EXPECTED.put("foreign id otherwise", "404 404 404 404 404 0");
    EXPECTED.put("request id", "true");
    EXPECTED.put(
        "too many requests",
        "RateLimit 429 rate_limit_exceeded rate_limit_error: 240 0 1 null true");
    EXPECTED.put(
        "too many, but patient",
        "NotFound 404 not_found - invalid_request_error: There is no such content.");
    EXPECTED.put(
        "wrong key",
        "Unauthorized 401 invalid_api_key - authentication_error: This key is unknown, expired or"
            + " revoked.");
    EXPECTED.put("remix, edit, extend", "completed 1, completed 1, completed 2, true");
    EXPECTED.put("delete", "video.deleted true true 404");
    EXPECTED.put("with a reference", "completed -");
    EXPECTED.put(
        "not an image",
        "BadRequest 400 invalid_reference input_reference invalid_request_error: It is no PNG, JPEG, WebP, GIF, MP4, WAV or MP3.");
    EXPECTED.put(
        "blocked prompt", "failed moderation_blocked The request was refused by moderation.");
  }

  @Test
  void theNodeClientComesHome() throws Exception {
    Keys keys = Keys.fresh();
    Map<String, String> saw = new LinkedHashMap<>();
    String lines =
        OpenAiNodeClient.run(
            "openai.mjs", keys.base() + "/v1", "dailies-local", keys.stranger(), keys.hasty());
    for (String line : lines.lines().toList()) {
      JsonNode step = JsonMapper.shared().readTree(line);
      saw.put(step.path("step").asString(), neutral(step.path("saw").asString("")));
    }
    assertThat(saw).isEqualTo(EXPECTED);
  }

  @Test
  void theJavaClientComesHome() {
    Keys keys = Keys.fresh();
    Map<String, String> saw = new LinkedHashMap<>();
    OpenAiJavaClient.journey(keys.base(), "dailies-local", keys.stranger(), keys.hasty())
        .forEach((step, seen) -> saw.put(step, neutral(seen)));
    assertThat(saw).isEqualTo(EXPECTED);
  }

  /**
   * Who calls, beside the usual key.
   *
   * @param stranger owner of another workspace
   * @param hasty a key of the usual workspace that nobody else uses
   */
  private record Keys(URI base, String stranger, String hasty) {
    static Keys fresh() {
      DailiesClient owner = SharedStack.get().client("dailies-local");
      String name = "guest-" + UUID.randomUUID().toString().substring(0, 8);
      Answer opened = owner.post("/api/workspaces", Map.of("name", name));
      Answer issued = owner.post("/api/keys", Map.of("name", name, "roles", List.of("producer")));
      Keys keys =
          new Keys(
              SharedStack.get().parts().origin(),
              opened.body().at("/owner_key/secret").asString(),
              issued.text("secret"));
      for (String key : List.of(keys.stranger, keys.hasty)) {
        // The other services hear of it from the log.
        owner
            .as(key)
            .awaitAnswer("/v1/videos/x/content", a -> a.status() == 404, Duration.ofSeconds(10));
      }
      return keys;
    }
  }

  /** The clients call the same error by names of their own. */
  private static String neutral(String seen) {
    return seen.replaceFirst("^AuthenticationError ", "Unauthorized ")
        .replaceFirst("^UnexpectedStatusCode 409 ", "Conflict 409 ")
        .replaceFirst("^(\\w+)Error (\\d)", "$1 $2")
        .replaceFirst("^(\\w+ [45].*);.*", "$1");
  }
}
