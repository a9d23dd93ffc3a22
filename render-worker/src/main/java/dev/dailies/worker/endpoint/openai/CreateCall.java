package dev.dailies.worker.endpoint.openai;

import dev.dailies.contracts.event.Operation;
import dev.dailies.worker.endpoint.ClientReference;
import dev.dailies.worker.endpoint.InputFile;
import dev.dailies.worker.endpoint.ParentVideo;
import dev.dailies.worker.endpoint.RenderRequest;
import dev.dailies.worker.endpoint.Sound;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * The one request that is paid for: create, remix, edit or extend. The last two name a video that
 * the server has, or bring it in a form.
 */
record CreateCall(String path, String contentType, CallBody body) {
  private static final String VIDEOS = "/v1/videos";
  private static final String JSON = "application/json";
  private static final String AFTER_PICTURE = "\"}}";

  /** Why this format has no words for it, as a code. */
  static Optional<String> impossible(RenderRequest request) {
    List<InputFile> inputs = request.inputs();
    boolean named = parentId(request).isPresent();
    return switch (request.operation()) {
      case GENERATE -> unless(inputs.isEmpty() || only(inputs, "image/"), "inputs");
      case REMIX -> unless(named, "no_parent").or(() -> unless(inputs.isEmpty(), "inputs"));
      case EDIT -> unless(named ? inputs.isEmpty() : only(inputs, "video/"), "inputs");
      case EXTEND ->
          unless(named ? inputs.isEmpty() : only(inputs, "video/"), "inputs")
              .or(() -> unless(parentLengthKnown(request), "no_parent_length"))
              .or(() -> unless(request.made().isPositive(), "length"));
      case UNKNOWN, INTERPOLATE, LOOP, UPSCALE, RECUT -> Optional.of("operation");
    };
  }

  static CreateCall of(RenderRequest request, ClientReference reference) throws IOException {
    ObjectNode fields = fields(request, reference);
    Optional<String> parent = parentId(request);
    return switch (request.operation()) {
      case REMIX -> json(VIDEOS + "/" + encoded(parent.orElseThrow()) + "/remix", fields);
      case EDIT -> onFootage(VIDEOS + "/edits", request, fields);
      case EXTEND -> onFootage(VIDEOS + "/extensions", request, fields);
      case UNKNOWN, GENERATE, INTERPOLATE, LOOP, UPSCALE, RECUT ->
          request.inputs().isEmpty()
              ? json(VIDEOS, fields)
              : withPicture(fields, request.inputs().getFirst());
    };
  }

  private static CreateCall onFootage(String path, RenderRequest request, ObjectNode fields)
      throws IOException {
    Optional<String> parent = parentId(request);
    if (parent.isPresent()) {
      fields.putObject("video").put("id", parent.get());
      return json(path, fields);
    }
    Form form = new Form();
    fields.properties().forEach(field -> form.text(field.getKey(), field.getValue().asString()));
    InputFile footage = request.inputs().getFirst();
    form.file("video", footage.contentType(), footage.file());
    return new CreateCall(path, form.contentType(), form.body());
  }

  private static CreateCall json(String path, ObjectNode fields) {
    return new CreateCall(path, JSON, new CallBody().bytes(Answer.JSON.writeValueAsBytes(fields)));
  }

  /** The picture's field is the last one, so that its bytes go before the end of the document. */
  private static CreateCall withPicture(ObjectNode fields, InputFile picture) throws IOException {
    fields
        .putObject("input_reference")
        .put("image_url", "data:%s;base64,".formatted(picture.contentType()));
    String document = Answer.JSON.writeValueAsString(fields);
    if (!document.endsWith(AFTER_PICTURE)) {
      throw new IllegalStateException("JSON is not written as it was");
    }
    CallBody body =
        new CallBody()
            .text(document.substring(0, document.length() - AFTER_PICTURE.length()))
            .base64(picture.file())
            .text(AFTER_PICTURE);
    return new CreateCall(VIDEOS, JSON, body);
  }

  /** OpenAI knows prompt and length only where a video is worked on; a server ignores the rest. */
  private static ObjectNode fields(RenderRequest request, ClientReference reference) {
    ObjectNode body = Answer.JSON.createObjectNode();
    body.put("model", request.model());
    body.put("prompt", request.prompt());
    body.put("seconds", seconds(request.made()));
    if (request.operation() != Operation.EXTEND) {
      body.put("size", request.size().toString());
    }
    body.put("client_reference", reference.value());
    request.negativePrompt().ifPresent(text -> body.put("negative_prompt", text));
    request.seed().ifPresent(seed -> body.put("seed", seed));
    if (request.sound() != Sound.MODEL_DEFAULT) {
      body.put("generate_sound", request.sound() != Sound.NONE);
    }
    if (request.operation() == Operation.GENERATE) {
      DirectionFields.write(request.direction(), body);
    }
    return body;
  }

  private static Optional<String> parentId(RenderRequest request) {
    return request.parent().flatMap(ParentVideo::id);
  }

  private static boolean parentLengthKnown(RenderRequest request) {
    return request.parent().flatMap(ParentVideo::length).isPresent();
  }

  private static boolean only(List<InputFile> inputs, String kind) {
    return inputs.size() == 1 && inputs.getFirst().contentType().startsWith(kind);
  }

  private static Optional<String> unless(boolean possible, String why) {
    return possible ? Optional.empty() : Optional.of(why);
  }

  private static String encoded(String id) {
    return HttpVideosEndpoint.encode(id);
  }

  /** A string of seconds, as the format wants it: {@code "4"}, {@code "1.5"}. */
  static String seconds(Duration length) {
    return java.math.BigDecimal.valueOf(length.toMillis(), 3).stripTrailingZeros().toPlainString();
  }
}
