package dev.dailies.prompt.generation;

import static dev.dailies.prompt.generation.Unreadable.field;

import dev.dailies.contracts.ErrorCode;
import dev.dailies.contracts.event.Operation;
import dev.dailies.contracts.event.OutputKind;
import dev.dailies.contracts.event.SourceRole;
import dev.dailies.edge.Utf8;
import dev.dailies.prompt.generation.GenerationRequest.Output;
import dev.dailies.prompt.generation.WantedSource.Input;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads a request of OpenAI's videos contract from JSON or from the fields of a form. Objects of a
 * form come as bracket names ({@code metadata[team]}) or as JSON. Fields we do not know are passed
 * over: clients send each vendor's extras.
 */
final class VideoRequests {
  /** As large as a data URL of 20 MiB, and nested no deeper than anybody means. */
  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(64)
                          .maxStringLength(DataUrls.LONGEST)
                          .build())
                  .build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private static final char NOT_UTF8 = '\ufffd';

  private static final Pattern BRACKET = Pattern.compile("([^\\[\\]]+)\\[([^\\[\\]]+)]");

  private VideoRequests() {}

  /** Reads a JSON body. */
  static JsonNode json(byte[] body) throws Unreadable {
    if (!Utf8.isText(body, body.length)) {
      throw new Unreadable(ErrorCode.INVALID_BODY, "body", "The body is not in UTF-8.");
    }
    JsonNode root;
    try {
      root = JSON.readTree(body);
    } catch (JacksonException e) {
      throw new Unreadable(
          ErrorCode.INVALID_BODY, "body", "The body is not JSON: " + e.getOriginalMessage());
    }
    if (!root.isObject()) {
      throw new Unreadable(ErrorCode.INVALID_BODY, "body", "The body must be a JSON object.");
    }
    return root;
  }

  /** The fields of a form as the object they stand for. */
  static JsonNode form(Map<String, List<String>> fields) throws Unreadable {
    ObjectNode root = JSON.createObjectNode();
    for (Map.Entry<String, List<String>> entry : fields.entrySet()) {
      if (entry.getValue().size() != 1) {
        throw field(entry.getKey(), "was sent " + entry.getValue().size() + " times");
      }
      String value = entry.getValue().getFirst();
      requireName(entry.getKey());
      Matcher bracket = BRACKET.matcher(entry.getKey());
      if (!bracket.matches()) {
        if (root.has(entry.getKey())) {
          throw field(entry.getKey(), "was sent whole and in parts");
        }
        root.put(entry.getKey(), value);
      } else if (root.get(bracket.group(1)) instanceof ObjectNode inner) {
        inner.put(bracket.group(2), value);
      } else if (root.has(bracket.group(1))) {
        throw field(bracket.group(1), "was sent whole and in parts");
      } else {
        root.putObject(bracket.group(1)).put(bracket.group(2), value);
      }
    }
    return root;
  }

  /** A name that was no UTF-8 holds the mark that its reader put in. */
  private static void requireName(String name) throws Unreadable {
    if (name.indexOf(NOT_UTF8) >= 0 || name.chars().anyMatch(Character::isISOControl)) {
      throw new Unreadable(ErrorCode.INVALID_BODY, "body", "A part has a name that is no text.");
    }
  }

  /** A new video, perhaps from a reference. */
  static GenerationRequest create(JsonNode root, Optional<Upload> file) throws Unreadable {
    RequestFields fields = RequestFields.of(root);
    Optional<WantedSource> reference = reference(fields, file);
    return read(fields, Operation.GENERATE, reference.stream().toList());
  }

  /** A video made of another; its id stands in the path. */
  static GenerationRequest remix(JsonNode root, String video) throws Unreadable {
    return read(
        RequestFields.of(root),
        Operation.REMIX,
        List.of(WantedSource.whole(new Input.Known(video), SourceRole.SOURCE, "id")));
  }

  /** An edit or an extension of the video that the body names or brings. */
  static GenerationRequest of(Operation operation, JsonNode root, Optional<Upload> file)
      throws Unreadable {
    RequestFields fields = RequestFields.of(root);
    return read(
        fields,
        operation,
        List.of(WantedSource.whole(video(fields, file), SourceRole.SOURCE, "video")));
  }

  private static Input video(RequestFields fields, Optional<Upload> file) throws Unreadable {
    if (file.isPresent()) {
      if (fields.present("video").isPresent()) {
        throw field("video", "was sent as a file and as a field");
      }
      return new Input.Uploaded(file.get());
    }
    Optional<JsonNode> node = fields.present("video");
    if (node.isEmpty()) {
      throw field("video", "is needed: {\"id\": \"video_...\"}, or an MP4 file");
    }
    if (node.get().isString() && !node.get().stringValue().stripLeading().startsWith("{")) {
      return new Input.Known(fields.required("video", 64));
    }
    return new Input.Known(fields.object("video").orElseThrow().required("id", 64));
  }

  private static Optional<WantedSource> reference(RequestFields fields, Optional<Upload> file)
      throws Unreadable {
    Optional<JsonNode> node = fields.present("input_reference");
    if (file.isPresent() && node.isPresent()) {
      throw field("input_reference", "was sent as a file and as a field");
    }
    if (file.isPresent()) {
      return Optional.of(first(new Input.Uploaded(file.get())));
    }
    if (node.isEmpty()) {
      return Optional.empty();
    }
    if (node.get().isString() && !node.get().stringValue().stripLeading().startsWith("{")) {
      String text = fields.text("input_reference").orElseThrow();
      return Optional.of(
          first(
              text.startsWith("data:")
                  ? DataUrls.read("input_reference", text)
                  : new Input.Known(fields.required("input_reference", 64))));
    }
    RequestFields object = fields.object("input_reference").orElseThrow();
    Optional<String> url = object.text("image_url");
    Optional<String> id = object.text("file_id", 64);
    if (url.isPresent() == id.isPresent()) {
      throw field("input_reference", "must hold exactly one of image_url and file_id");
    }
    return Optional.of(
        first(
            url.isPresent()
                ? DataUrls.read("input_reference.image_url", url.get())
                : new Input.Known(id.get())));
  }

  private static WantedSource first(Input input) {
    return WantedSource.whole(input, SourceRole.FIRST, "input_reference");
  }

  private static GenerationRequest read(
      RequestFields fields, Operation operation, List<WantedSource> sources) throws Unreadable {
    SharedFields.Audio audio = SharedFields.audio(fields);
    return new GenerationRequest(
        operation,
        SharedFields.words(fields, audio),
        fields.text("model"),
        fields.text("size"),
        fields.number("seconds"),
        fields.whole("seed"),
        audio.mode(),
        sources,
        new Output(OutputKind.VIDEO, Optional.empty(), Optional.empty()),
        GenerationRequests.place(fields),
        SharedFields.care(fields),
        SharedFields.metadata(fields),
        1);
  }
}
