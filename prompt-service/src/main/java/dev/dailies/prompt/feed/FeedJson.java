package dev.dailies.prompt.feed;

import dev.dailies.contracts.GenerationId;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** How entries stand in the database and in what watchers read. */
final class FeedJson {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private FeedJson() {}

  static String facts(Map<String, ?> facts) {
    return JSON.writeValueAsString(facts);
  }

  /** One line: a line break would end the data of an event. */
  static String data(
      GenerationId generation,
      String shot,
      Optional<String> project,
      Optional<String> brief,
      String state,
      String type,
      Instant at,
      String facts) {
    ObjectNode data = JSON.createObjectNode();
    data.put("type", type);
    data.put("generation", generation.value());
    data.put("shot", shot);
    project.ifPresent(id -> data.put("project", id));
    brief.ifPresent(id -> data.put("brief", id));
    data.put("state", state);
    data.put("at", at.toString());
    data.setAll((ObjectNode) JSON.readTree(facts));
    return JSON.writeValueAsString(data);
  }

  /** What a watcher reads that asked for what is no longer kept, or never was. */
  static String reset(String reason, FeedLog.Reach reach) {
    ObjectNode data = JSON.createObjectNode();
    data.put("type", HttpEventStream.RESET);
    data.put("reason", reason);
    data.put("oldest", reach.oldest());
    data.put("newest", reach.newest());
    return JSON.writeValueAsString(data);
  }
}
