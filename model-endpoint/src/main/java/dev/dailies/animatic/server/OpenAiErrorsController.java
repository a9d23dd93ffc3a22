package dev.dailies.animatic.server;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Every refusal and failure in OpenAI's shape, also those of the container. */
@RestControllerAdvice
@RestController
final class OpenAiErrorsController implements ErrorController {
  private static final Logger LOG = LoggerFactory.getLogger(OpenAiErrorsController.class);

  @ExceptionHandler(ApiError.class)
  ResponseEntity<Map<String, Object>> refused(ApiError error) {
    HttpHeaders headers = new HttpHeaders();
    headers.setContentType(MediaType.APPLICATION_JSON);
    error.headers().forEach(headers::set);
    return ResponseEntity.status(error.status()).headers(headers).body(error.body());
  }

  @ExceptionHandler(Exception.class)
  ResponseEntity<Map<String, Object>> failed(Exception failure) {
    if (failure instanceof ErrorResponse known && known.getStatusCode().is4xxClientError()) {
      return refused(ofStatus(known.getStatusCode().value()));
    }
    LOG.error("a request failed", failure);
    return refused(ApiError.fault("An internal error occurred."));
  }

  @RequestMapping("/error")
  ResponseEntity<Map<String, Object>> container(HttpServletRequest request) {
    int status =
        request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code
            ? code
            : 500;
    return refused(ofStatus(status));
  }

  private static ApiError ofStatus(int status) {
    return switch (status) {
      case 404 -> ApiError.refused(404, "not_found", Optional.empty(), "No such path.");
      case 405 ->
          ApiError.refused(405, "method_not_allowed", Optional.empty(), "Not with this method.");
      case 400, 401, 403, 406, 413, 415 ->
          ApiError.refused(status, "invalid_request", Optional.empty(), "Not understood.");
      default -> ApiError.fault("An internal error occurred.");
    };
  }
}
