package dev.dailies.worker.endpoint.openai;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * A server's answer, as far as it can be read.
 *
 * @param headers by name in lower case, the first value of each
 */
record Answer(int status, Map<String, String> headers, JsonNode body) {
  static final JsonMapper JSON = JsonMapper.shared();
  private static final Duration LONGEST_WAIT = Duration.ofHours(1);

  /** A body that is no JSON object reads as missing. */
  static Answer of(int status, Map<String, String> headers, byte[] bytes) {
    JsonNode body;
    try {
      body = JSON.readTree(bytes);
    } catch (JacksonException garbage) {
      body = MissingNode.getInstance();
    }
    return new Answer(status, headers, body.isObject() ? body : MissingNode.getInstance());
  }

  boolean ok() {
    return status >= 200 && status < 300;
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  /** Text of a field; empty when it is missing, null or no text. */
  Optional<String> text(String field) {
    return text(body, field);
  }

  static Optional<String> text(JsonNode node, String field) {
    JsonNode value = node.path(field);
    return value.isString() && !value.stringValue().isBlank()
        ? Optional.of(value.stringValue())
        : Optional.empty();
  }

  /** The code of the error, whether it stands in an error object or beside the message. */
  Optional<String> errorCode() {
    JsonNode error = body.path("error");
    return text(error, "code").or(() -> text(error, "type")).or(() -> text("code"));
  }

  /** When the server wants to be asked again: {@code Retry-After-Ms}, else {@code Retry-After}. */
  Optional<Duration> retryAfter(Instant now) {
    return header("retry-after-ms")
        .flatMap(Answer::number)
        .map(millis -> Duration.ofMillis(millis))
        .or(() -> header("retry-after").flatMap(text -> secondsOrDate(text, now)))
        .map(wait -> wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait);
  }

  private static Optional<Duration> secondsOrDate(String text, Instant now) {
    Optional<Duration> seconds = number(text).map(Duration::ofSeconds);
    if (seconds.isPresent()) {
      return seconds;
    }
    try {
      Duration wait =
          Duration.between(
              now, ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
      return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
    } catch (DateTimeException neither) {
      return Optional.empty();
    }
  }

  private static Optional<Long> number(String text) {
    return text.matches("[0-9]{1,9}") ? Optional.of(Long.parseLong(text)) : Optional.empty();
  }
}
