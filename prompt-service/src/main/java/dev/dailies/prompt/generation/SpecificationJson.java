package dev.dailies.prompt.generation;

import java.util.Map;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** A specification as JSON in the database: a row written by a newer build stays readable. */
final class SpecificationJson {
  private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};

  private final JsonMapper mapper =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  String write(Object value) {
    return mapper.writeValueAsString(value);
  }

  Specification.Form form(String json) {
    return mapper.readValue(json, Specification.Form.class);
  }

  Specification.Words words(String json) {
    return mapper.readValue(json, Specification.Words.class);
  }

  Map<String, String> texts(String json) {
    return mapper.readValue(json, TEXTS);
  }
}
