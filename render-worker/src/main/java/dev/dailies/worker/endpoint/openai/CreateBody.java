package dev.dailies.worker.endpoint.openai;

import dev.dailies.worker.endpoint.ClientReference;
import dev.dailies.worker.endpoint.InputFile;
import dev.dailies.worker.endpoint.RenderRequest;
import dev.dailies.worker.endpoint.Sound;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** The JSON of a create. */
final class CreateBody {
  private CreateBody() {}

  /** This format takes one image to start from, and nothing else. */
  static boolean takes(List<InputFile> inputs) {
    return inputs.isEmpty()
        || (inputs.size() == 1 && inputs.getFirst().contentType().startsWith("image/"));
  }

  static byte[] json(RenderRequest request, ClientReference reference) throws IOException {
    ObjectNode body = Answer.JSON.createObjectNode();
    body.put("model", request.model());
    body.put("prompt", request.prompt());
    body.put("seconds", seconds(request.length()));
    body.put("size", request.size().toString());
    body.put("client_reference", reference.value());
    request.negativePrompt().ifPresent(text -> body.put("negative_prompt", text));
    request.seed().ifPresent(seed -> body.put("seed", seed));
    if (request.sound() != Sound.MODEL_DEFAULT) {
      body.put("generate_sound", request.sound() != Sound.NONE);
    }
    for (InputFile input : request.inputs()) {
      body.putObject("input_reference")
          .put(
              "image_url",
              "data:%s;base64,%s"
                  .formatted(
                      input.contentType(),
                      Base64.getEncoder().encodeToString(Files.readAllBytes(input.file()))));
    }
    return Answer.JSON.writeValueAsBytes(body);
  }

  /** A string of seconds, as the format wants it: {@code "4"}, {@code "1.5"}. */
  private static String seconds(Duration length) {
    return java.math.BigDecimal.valueOf(length.toMillis(), 3).stripTrailingZeros().toPlainString();
  }
}
