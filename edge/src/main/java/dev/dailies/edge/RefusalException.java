package dev.dailies.edge;

import dev.dailies.contracts.ErrorCode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Carries a refusal from a controller to the client. Inside a service a refusal is a value; this is
 * thrown at the edge only, and rendered in the shape of the path: RFC 9457 problem details, or
 * OpenAI's error body under {@code /v1}.
 */
public final class RefusalException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;
  private final transient Map<String, String> headers = new LinkedHashMap<>();
  private final transient Map<String, Object> details = new LinkedHashMap<>();
  private transient Optional<String> param = Optional.empty();

  /**
   * A refusal.
   *
   * @param message for people: what is wrong and what is possible; no secret, no vendor's text
   */
  public RefusalException(ErrorCode code, String message) {
    super(message);
    this.code = code;
  }

  /** Names the field that is at fault. */
  public RefusalException param(String field) {
    this.param = Optional.of(field);
    return this;
  }

  /** Adds a response header. */
  public RefusalException header(String name, String value) {
    headers.put(name, value);
    return this;
  }

  /** Adds a member to the problem details. */
  public RefusalException detail(String name, Object value) {
    details.put(name, value);
    return this;
  }

  public ErrorCode code() {
    return code;
  }

  public Optional<String> param() {
    return param;
  }

  public Map<String, String> headers() {
    return headers;
  }

  public Map<String, Object> details() {
    return details;
  }

  /** The message, which is never absent. */
  public String reason() {
    return String.valueOf(getMessage());
  }
}
