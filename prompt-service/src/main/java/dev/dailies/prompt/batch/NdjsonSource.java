package dev.dailies.prompt.batch;

import dev.dailies.contracts.ErrorCode;
import dev.dailies.edge.Utf8;
import dev.dailies.prompt.batch.BatchLine.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Newline-delimited JSON: an object on each line; empty lines are passed over. */
final class NdjsonSource implements BatchSource {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();
  private static final int MOST_EMPTY = 20_000;

  private final InputStream in;
  private final byte[] buffer = new byte[8192];
  private final byte[] item = new byte[LARGEST_ITEM];
  private int from;
  private int to;
  private long line;
  private int empty;
  private boolean ended;

  NdjsonSource(InputStream in) {
    this.in = in;
  }

  @Override
  public Optional<BatchLine> next() throws IOException {
    while (!ended) {
      line++;
      int length = readLine();
      if (length > LONGEST_LINE) {
        ended = true;
        return end("The line is longer than " + LONGEST_LINE + " bytes; the rest is not read.");
      }
      if (length > LARGEST_ITEM) {
        return bad(ErrorCode.TOO_LARGE, "A line holds at most " + LARGEST_ITEM + " bytes.");
      }
      if (!isBlank(length)) {
        return Optional.of(parse(length));
      }
      if (++empty > MOST_EMPTY) {
        ended = true;
        return end("More than " + MOST_EMPTY + " lines are empty; the rest is not read.");
      }
    }
    return Optional.empty();
  }

  /** Fills {@link #item} up to the end of the line; what exceeds it is counted, but not kept. */
  private int readLine() throws IOException {
    int length = 0;
    while (length <= LONGEST_LINE) {
      if (from == to && !fill()) {
        ended = true;
        return length;
      }
      byte b = buffer[from++];
      if (b == '\n') {
        return length;
      }
      if (length < item.length) {
        item[length] = b;
      }
      length++;
    }
    return length;
  }

  private boolean fill() throws IOException {
    from = 0;
    to = Math.max(0, in.read(buffer));
    return to > 0;
  }

  private boolean isBlank(int length) {
    for (int i = 0; i < length; i++) {
      if (item[i] != ' ' && item[i] != '\t' && item[i] != '\r') {
        return false;
      }
    }
    return true;
  }

  private BatchLine parse(int length) {
    if (!Utf8.isText(item, length)) {
      return new BatchLine.Bad(line, Optional.empty(), invalid("The line is not in UTF-8."));
    }
    try {
      JsonNode root = JSON.readTree(item, 0, length);
      if (!(root instanceof ObjectNode fields)) {
        return new BatchLine.Bad(line, Optional.empty(), invalid("A line is a JSON object."));
      }
      JsonNode key = fields.remove("key");
      if (key != null && !key.isNull() && !key.isString()) {
        return new BatchLine.Bad(
            line,
            Optional.empty(),
            new Problem(ErrorCode.INVALID_REQUEST, "key must be a string.", "key"));
      }
      return new BatchLine.Item(
          line,
          Optional.ofNullable(key).filter(JsonNode::isString).map(JsonNode::stringValue),
          fields);
    } catch (JacksonException e) {
      return new BatchLine.Bad(
          line, Optional.empty(), invalid("The line is not JSON: " + e.getOriginalMessage()));
    }
  }

  private static Problem invalid(String message) {
    return new Problem(ErrorCode.INVALID_BODY, message, "line");
  }

  private Optional<BatchLine> bad(ErrorCode code, String message) {
    return Optional.of(
        new BatchLine.Bad(line, Optional.empty(), new Problem(code, message, "line")));
  }

  private Optional<BatchLine> end(String message) {
    return Optional.of(new BatchLine.End(line, new Problem(ErrorCode.TOO_LARGE, message, "line")));
  }

  @Override
  public boolean more() throws IOException {
    return from < to || in.available() > 0;
  }
}
