package dev.dailies.local;

import dev.dailies.contracts.ErrorCode;

/**
 * What the router itself has to say when no service can: in OpenAI's error shape under {@code /v1},
 * as an RFC 9457 problem elsewhere, so that a client reads one shape per path whoever answers.
 */
record Refusal(int status, String code, String message) {

  static Refusal of(ErrorCode code, String message) {
    return new Refusal(code.status(), code.code(), message);
  }

  /** For what the HTTP layer refuses before any route is looked at. */
  static Refusal ofStatus(int status, String message) {
    return switch (status) {
      case 404 -> of(ErrorCode.NOT_FOUND, message);
      case 405 -> of(ErrorCode.METHOD_NOT_ALLOWED, message);
      case 413 -> of(ErrorCode.TOO_LARGE, message);
      case 502, 503, 504 -> new Refusal(status, ErrorCode.UPSTREAM_UNAVAILABLE.code(), message);
      default ->
          status >= 500
              ? new Refusal(status, ErrorCode.INTERNAL.code(), message)
              : new Refusal(status, ErrorCode.INVALID_REQUEST.code(), message);
    };
  }

  static boolean speaksOpenAi(String path) {
    return path.equals("/v1") || path.startsWith("/v1/");
  }

  String contentType(String path) {
    return speaksOpenAi(path) ? "application/json" : "application/problem+json";
  }

  /** The body for a client of that path. */
  String body(String path) {
    if (speaksOpenAi(path)) {
      String type = status >= 500 ? "server_error" : "invalid_request_error";
      return """
      {"error":{"message":"%s","type":"%s","param":null,"code":"%s"}}\
      """
          .formatted(escape(message), type, code);
    }
    return """
    {"type":"about:blank","title":"%s","status":%d,"detail":"%s","code":"%s"}\
    """
        .formatted(code.replace('_', ' '), status, escape(message), code);
  }

  private static String escape(String text) {
    StringBuilder escaped = new StringBuilder();
    for (char c : text.toCharArray()) {
      if (c == '"' || c == '\\') {
        escaped.append('\\').append(c);
      } else if (c < 0x20) {
        escaped.append(' ');
      } else {
        escaped.append(c);
      }
    }
    return escaped.toString();
  }
}
