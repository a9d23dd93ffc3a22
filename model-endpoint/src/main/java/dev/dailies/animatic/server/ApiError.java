package dev.dailies.animatic.server;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A refusal in OpenAI's shape: {@code {"error":{message,type,param,code}}}. Clients repeat 408,
 * 409, 429 and 5xx by themselves; {@code x-should-retry: false} stops them where that is pointless.
 */
final class ApiError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String type;
  private final String code;
  private final Optional<String> param;
  private final Map<String, String> headers = new LinkedHashMap<>();

  private ApiError(int status, String type, String code, Optional<String> param, String message) {
    super(message, null, false, false);
    this.status = status;
    this.type = type;
    this.code = code;
    this.param = param;
  }

  /** A field that is missing or has a value that can't be. */
  static ApiError invalid(String param, String message) {
    return refused(400, "invalid_value", Optional.of(param), message);
  }

  /** A body that can't be read. */
  static ApiError unreadable(String message) {
    return refused(400, "invalid_body", Optional.empty(), message);
  }

  static ApiError unknownModel(String model) {
    return refused(
        404, "model_not_found", Optional.of("model"), "The model '" + model + "' does not exist.");
  }

  static ApiError unknownVideo() {
    return unknownVideo("video_id");
  }

  /** Also when a field of the body names it. */
  static ApiError unknownVideo(String param) {
    return refused(404, "not_found", Optional.of(param), "No video with that id.");
  }

  static ApiError refused(int status, String code, Optional<String> param, String message) {
    return new ApiError(status, "invalid_request_error", code, param, message)
        .header("x-should-retry", "false");
  }

  static ApiError tooMany(long retryAfterMillis) {
    long seconds = Math.max(1, (retryAfterMillis + 999) / 1000);
    return new ApiError(
            429,
            "rate_limit_error",
            "rate_limit_exceeded",
            Optional.empty(),
            "Too many videos are waiting already.")
        .header("Retry-After", Long.toString(seconds))
        .header("retry-after-ms", Long.toString(retryAfterMillis));
  }

  static ApiError fault(String message) {
    return new ApiError(500, "server_error", "internal_error", Optional.empty(), message);
  }

  ApiError header(String name, String value) {
    headers.put(name, value);
    return this;
  }

  int status() {
    return status;
  }

  String code() {
    return code;
  }

  Map<String, String> headers() {
    return Map.copyOf(headers);
  }

  Map<String, Object> body() {
    Map<String, Object> error = new LinkedHashMap<>();
    error.put("message", Optional.ofNullable(getMessage()).orElse(""));
    error.put("type", type);
    error.put("param", param.orElse(null));
    error.put("code", code);
    return Map.of("error", error);
  }
}
