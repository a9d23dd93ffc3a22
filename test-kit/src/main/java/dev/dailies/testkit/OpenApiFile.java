package dev.dailies.testkit;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** A service's {@code openapi.yaml}: its operations, and what it says their answers look like. */
final class OpenApiFile {
  static final JsonMapper JSON = new JsonMapper();
  private static final Set<String> METHODS =
      Set.of("get", "put", "post", "delete", "options", "head", "patch", "trace");
  private static final String DRAFT = "https://json-schema.org/draft/2020-12/schema";

  /** One method of one path. Parameters of the path stand beside its own. */
  record Operation(String method, String path, JsonNode node, List<JsonNode> parameters) {
    String name() {
      return method + " " + path;
    }
  }

  private final SchemaRegistry registry =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
  private final Map<JsonNode, Schema> schemas = new IdentityHashMap<>();
  private final JsonNode root;

  private OpenApiFile(JsonNode root) {
    this.root = root;
  }

  static OpenApiFile load(InputStream yaml) {
    return new OpenApiFile(new YAMLMapper().readTree(yaml));
  }

  /** What is wrong with the file by the specification's own schema, and by that of schemas. */
  List<String> faults() throws IOException {
    List<String> faults = new ArrayList<>();
    try (InputStream in = OpenApiFile.class.getResourceAsStream("/openapi/oas-3.1-schema.json")) {
      registry
          .getSchema(Objects.requireNonNull(in), InputFormat.JSON)
          .validate(root)
          .forEach(error -> faults.add(error.toString()));
    }
    Schema ofSchemas = registry.getSchema("{\"$ref\": \"" + DRAFT + "\"}");
    for (JsonNode schema : root.findValues("schema")) {
      ofSchemas.validate(schema).forEach(error -> faults.add(schema + ": " + error));
    }
    for (JsonNode schema : root.at("/components/schemas")) {
      ofSchemas.validate(schema).forEach(error -> faults.add(schema + ": " + error));
    }
    for (JsonNode ref : root.findValues("$ref")) {
      if (root.at(ref.asString().substring(1)).isMissingNode()) {
        faults.add("nothing stands at " + ref);
      }
    }
    return faults;
  }

  List<Operation> operations() {
    List<Operation> operations = new ArrayList<>();
    root.path("paths")
        .forEachEntry((path, item) ->
            item.forEachEntry((method, node) -> {
              if (METHODS.contains(method)) {
                List<JsonNode> parameters =
                    Stream.of(item.path("parameters"), node.path("parameters"))
                        .flatMap(JsonNode::valueStream)
                        .map(this::resolved)
                        .toList();
                operations.add(
                    new Operation(
                        method.toUpperCase(java.util.Locale.ROOT), path, node, parameters));
              }
            }));
    return operations;
  }

  /** The node itself, or what it refers to. */
  JsonNode resolved(JsonNode node) {
    JsonNode found = node;
    while (found.has("$ref")) {
      found = root.at(found.path("$ref").asString().substring(1));
    }
    return found;
  }

  Optional<JsonNode> response(Operation operation, int status) {
    JsonNode response = operation.node().path("responses").path(String.valueOf(status));
    return response.isMissingNode() ? Optional.empty() : Optional.of(resolved(response));
  }

  /** What of the value does not fit the schema. */
  List<String> misfits(JsonNode schema, JsonNode value) {
    return schemas.computeIfAbsent(schema, this::compiled).validate(value).stream()
        .map(Object::toString)
        .toList();
  }

  private Schema compiled(JsonNode schema) {
    // Within a document that has the components, so that references to them resolve.
    ObjectNode whole = JSON.createObjectNode();
    whole.putArray("allOf").add(schema);
    whole.set("components", root.path("components"));
    return registry.getSchema(whole);
  }
}
