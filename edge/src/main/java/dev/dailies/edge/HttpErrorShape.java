package dev.dailies.edge;

import dev.dailies.contracts.ErrorCode;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/**
 * Writes a refusal in the shape that the path's clients expect.
 *
 * <p>Sources: RFC 9457; OpenAI's error object, with {@code x-should-retry} as its official clients
 * read it.
 */
final class HttpErrorShape {
  private HttpErrorShape() {}

  static ResponseEntity<Map<String, Object>> render(
      HttpServletRequest request, RefusalException refusal) {
    ErrorCode code = refusal.code();
    HttpHeaders headers = new HttpHeaders();
    refusal.headers().forEach(headers::set);
    if (!code.repeatable()) {
      headers.set("x-should-retry", "false");
    }
    if (code == ErrorCode.INVALID_API_KEY) {
      headers.set(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
    }
    if (code == ErrorCode.INVALID_TOKEN) {
      headers.set(HttpHeaders.WWW_AUTHENTICATE, "Bearer error=\"invalid_token\"");
    }
    boolean openAi = pathOf(request).startsWith("/v1/") || pathOf(request).equals("/v1");
    headers.setContentType(
        openAi ? MediaType.APPLICATION_JSON : MediaType.APPLICATION_PROBLEM_JSON);
    return ResponseEntity.status(code.status())
        .headers(headers)
        .body(openAi ? openAiBody(refusal) : problem(refusal));
  }

  private static Map<String, Object> openAiBody(RefusalException refusal) {
    Map<String, Object> error = new LinkedHashMap<>();
    error.put("message", refusal.reason());
    error.put("type", typeOf(refusal.code()));
    error.put("param", refusal.param().orElse(null));
    error.put("code", refusal.code().code());
    return Map.of("error", error);
  }

  private static String typeOf(ErrorCode code) {
    return switch (code.status()) {
      case 401 -> "authentication_error";
      case 403 -> "permission_error";
      case 429 -> "rate_limit_error";
      default -> code.status() >= 500 ? "server_error" : "invalid_request_error";
    };
  }

  private static Map<String, Object> problem(RefusalException refusal) {
    ErrorCode code = refusal.code();
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("type", "urn:dailies:error:" + code.code());
    body.put("title", code.code().replace('_', ' '));
    body.put("status", code.status());
    body.put("detail", refusal.reason());
    body.put("code", code.code());
    refusal.param().ifPresent(field -> body.put("param", field));
    body.putAll(refusal.details());
    return body;
  }

  private static String pathOf(HttpServletRequest request) {
    Object original = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
    return String.valueOf(original == null ? request.getRequestURI() : original);
  }
}
