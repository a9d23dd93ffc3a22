package dev.dailies.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The official clients, unmodified but for base URL and key, as the programs use them that lost
 * {@code /v1/videos}: both go the same way and must see the same.
 */
class OpenAiClientsTest {
  private static final Path SCRIPT = Path.of("src/test/clients");

  /** What each step must show; an error by its class, status, code and parameter. */
  private static final Map<String, String> EXPECTED = new LinkedHashMap<>();

  static {
    EXPECTED.put("create", "video queued animatic-1 160x90 1");
    EXPECTED.put("content before ready", "NotFound 404 not_found -");
    EXPECTED.put("poll", "completed 100 a kite over dunes");
    EXPECTED.put("download video", "video/mp4 mp4");
    EXPECTED.put("download thumbnail", "image/jpeg ffd8");
    EXPECTED.put("download spritesheet", "image/jpeg ffd8");
    EXPECTED.put("list over pages", "true true");
    EXPECTED.put("models", "true");
    EXPECTED.put("unknown model", "NotFound 404 model_not_found model");
    EXPECTED.put("bad size", "BadRequest 400 unsupported_size size");
    EXPECTED.put("bad length", "BadRequest 400 unsupported_length seconds");
    EXPECTED.put("empty prompt", "BadRequest 400 invalid_request prompt");
    EXPECTED.put("long prompt", "BadRequest 400 invalid_request prompt");
    EXPECTED.put("unknown id", "NotFound 404 not_found -");
    EXPECTED.put("wrong key", "Unauthorized 401 invalid_api_key -");
    EXPECTED.put("remix, edit, extend", "completed 1, completed 1, completed 2, true");
    EXPECTED.put("delete", "video.deleted true true 404");
    EXPECTED.put("with a reference", "completed -");
    EXPECTED.put("not an image", "BadRequest 400 invalid_reference input_reference");
    EXPECTED.put("blocked prompt", "failed moderation_blocked");
  }

  @Test
  void theNodeClientComesHome() throws Exception {
    assertThat(nodeClient(SharedStack.get().parts().origin())).isEqualTo(EXPECTED);
  }

  @Test
  void theJavaClientComesHome() {
    assertThat(OpenAiJavaClient.journey(SharedStack.get().parts().origin(), "dailies-local"))
        .isEqualTo(EXPECTED);
  }

  private static Map<String, String> nodeClient(URI origin) throws Exception {
    Path folder = Files.createDirectories(Path.of("target/clients"));
    for (String file : List.of("package.json", "package-lock.json", "openai.mjs")) {
      Files.copy(SCRIPT.resolve(file), folder.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    }
    run(folder, "npm", "ci", "--no-audit", "--no-fund", "--prefer-offline", "--loglevel=error");
    Map<String, String> saw = new LinkedHashMap<>();
    String lines = run(folder, "node", "openai.mjs", origin.resolve("/v1") + "", "dailies-local");
    for (String line : lines.lines().toList()) {
      JsonNode step = JsonMapper.shared().readTree(line);
      saw.put(step.path("step").asString(), neutral(step.path("saw").asString("")));
    }
    return saw;
  }

  /** The clients call the same error by names of their own. */
  private static String neutral(String seen) {
    return seen.replaceFirst("^AuthenticationError ", "Unauthorized ")
        .replaceFirst("^(\\w+)Error (\\d)", "$1 $2");
  }

  private static String run(Path folder, String... command) throws Exception {
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectError(folder.resolve("errors.log").toFile())
            .start();
    String output;
    try (var out = process.getInputStream()) {
      output = new String(out.readAllBytes(), StandardCharsets.UTF_8);
    }
    if (process.waitFor() != 0) {
      throw new IOException(
          command[0] + " failed: " + Files.readString(folder.resolve("errors.log")) + output);
    }
    return output;
  }
}
