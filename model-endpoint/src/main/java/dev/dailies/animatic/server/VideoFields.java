package dev.dailies.animatic.server;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The fields of a create, whichever way they came: a form's names and a JSON document's paths are
 * written alike, {@code input_reference[image_url]}, as OpenAI's clients do in a form.
 */
final class VideoFields {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Map<String, String> texts = new HashMap<>();
  private final Map<String, SentFile> files = new HashMap<>();

  /** Fields of a JSON document; what stands in {@code extra_body} counts as standing beside it. */
  static VideoFields ofJson(byte[] body) {
    JsonNode root;
    try {
      root = JSON.readTree(body);
    } catch (JacksonException e) {
      throw ApiError.unreadable("The body is not JSON.");
    }
    if (!root.isObject()) {
      throw ApiError.unreadable("The body is not a JSON object.");
    }
    VideoFields fields = new VideoFields();
    for (String extra : new String[] {"extra_body", "extra_json"}) {
      fields.flatten("", root.path(extra));
    }
    fields.flatten("", root);
    return fields;
  }

  void put(String name, String text) {
    texts.put(name, text);
  }

  void put(String name, SentFile file) {
    files.put(name, file);
  }

  /** The field's text; absent if it was not sent, or empty. */
  Optional<String> text(String name) {
    return Optional.ofNullable(texts.get(name)).map(String::strip).filter(text -> !text.isEmpty());
  }

  /** The field's file. */
  Optional<SentFile> file(String name) {
    return Optional.ofNullable(files.get(name)).filter(file -> file.size() > 0);
  }

  private void flatten(String prefix, JsonNode node) {
    if (node.isObject()) {
      node.properties()
          .forEach(field ->
              flatten(
                  prefix.isEmpty() ? field.getKey() : prefix + "[" + field.getKey() + "]",
                  field.getValue()));
    } else if (node.isValueNode() && !node.isNull() && !prefix.isEmpty()) {
      texts.put(prefix, node.asString());
    }
  }
}
