package dev.dailies.prompt.batch;

import dev.dailies.prompt.batch.BatchLine.Problem;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/**
 * The answers of a batch: a line of JSON for each item, in its order, and one at the end that sums
 * up. Whether that last line is there, and names no error, tells whether all was seen.
 */
final class BatchAnswers {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final OutputStream out;
  private long accepted;
  private long repeated;
  private long refused;

  BatchAnswers(OutputStream out) {
    this.out = new BufferedOutputStream(out, 32 * 1024);
  }

  void accepted(long line, String key, List<String> generations, boolean again) throws IOException {
    if (again) {
      repeated++;
    } else {
      accepted++;
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("line", line);
    json.put("key", key);
    json.put("id", generations.getFirst());
    json.put("generations", generations);
    write(json);
  }

  void refused(long line, Optional<String> key, Problem problem) throws IOException {
    refused++;
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("line", line);
    json.put("key", key.orElse(null));
    json.put("error", error(problem));
    write(json);
  }

  /** Sums up, and says why no more was read, if that is so. */
  void close(Optional<Problem> stopped) throws IOException {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("object", "batch.summary");
    json.put("accepted", accepted);
    json.put("repeated", repeated);
    json.put("refused", refused);
    json.put("complete", stopped.isEmpty());
    stopped.ifPresent(problem -> json.put("error", error(problem)));
    write(json);
    flush();
  }

  void flush() throws IOException {
    out.flush();
  }

  private static Map<String, Object> error(Problem problem) {
    Map<String, Object> error = new LinkedHashMap<>();
    error.put("code", problem.code().code());
    error.put("message", problem.message());
    error.put("param", problem.param());
    return error;
  }

  private void write(Map<String, Object> json) throws IOException {
    out.write(JSON.writeValueAsBytes(json));
    out.write('\n');
  }
}
