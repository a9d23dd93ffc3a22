package dev.dailies.prompt.generation;

import dev.dailies.contracts.event.StoredObject;
import dev.dailies.prompt.catalogue.FrameSize;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A specification as JSON in the database. A row written by a newer build stays readable, and one
 * of an older build too: what it doesn't name has its usual value.
 */
final class SpecificationJson {
  private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};

  private final JsonMapper mapper =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();
  private final ObjectNode plainForm =
      mapper.valueToTree(
          Specification.Form.plain("any", new FrameSize(1, 1), Duration.ofSeconds(1)));
  private final ObjectNode plainWords = mapper.valueToTree(Specification.Words.plain("any"));

  /** The place of a stored object, as a column keeps it. */
  private record Place(
      String store,
      String region,
      String bucket,
      String key,
      Optional<String> version,
      long size,
      String sha256) {}

  String write(Object value) {
    return mapper.writeValueAsString(value);
  }

  Specification.Form form(String json) {
    return mapper.treeToValue(over(plainForm, json), Specification.Form.class);
  }

  Specification.Words words(String json) {
    return mapper.treeToValue(over(plainWords, json), Specification.Words.class);
  }

  private JsonNode over(ObjectNode plain, String json) {
    ObjectNode whole = plain.deepCopy();
    whole.setAll((ObjectNode) mapper.readTree(json));
    return whole;
  }

  Map<String, String> texts(String json) {
    return mapper.readValue(json, TEXTS);
  }

  String object(StoredObject object) {
    return write(
        new Place(
            object.getStore(),
            object.getRegion(),
            object.getBucket(),
            object.getKey(),
            object.getVersion(),
            object.getSize(),
            object.getSha256()));
  }

  StoredObject object(String json) {
    Place place = mapper.readValue(json, Place.class);
    return StoredObject.newBuilder()
        .setStore(place.store())
        .setRegion(place.region())
        .setBucket(place.bucket())
        .setKey(place.key())
        .setVersion(place.version().orElse(null))
        .setSize(place.size())
        .setSha256(place.sha256())
        .build();
  }
}
