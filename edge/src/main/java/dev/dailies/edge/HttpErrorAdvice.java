package dev.dailies.edge;

import dev.dailies.contracts.ErrorCode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.InvalidDataAccessResourceUsageException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.util.DisconnectedClientHelper;

/**
 * Turns whatever a controller throws into a refusal with a stable code; nothing inner leaks. First
 * of all advices: Spring's own would answer without a code.
 */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class HttpErrorAdvice {
  private static final Logger log = LoggerFactory.getLogger(HttpErrorAdvice.class);

  private final HttpAuthentication authentication;

  HttpErrorAdvice(HttpAuthentication authentication) {
    this.authentication = authentication;
  }

  @ExceptionHandler
  @Nullable ResponseEntity<Map<String, Object>> refuse(
      Exception failure, HttpServletRequest request, HttpServletResponse response) {
    if (response.isCommitted() || DisconnectedClientHelper.isClientDisconnectedException(failure)) {
      log.debug("The answer to {} broke off", request.getRequestURI(), failure);
      return null;
    }
    if (!(failure instanceof RefusalException)) {
      // What had been announced of another answer (its length, say) does not hold for this one.
      response.reset();
    }
    HttpRateLimit.restore(request, response);
    RefusalException refusal = refusalOf(failure, request);
    return HttpErrorShape.render(request, stranger(refusal, request).orElse(refusal));
  }

  /**
   * No route was found for what is sent or wanted, so nobody has asked who that is; a stranger is
   * told 401 and nothing of the types.
   */
  private Optional<RefusalException> stranger(
      RefusalException refusal, HttpServletRequest request) {
    int status = refusal.code().status();
    if ((status != 406 && status != 415) || HttpAccess.principal(request).isPresent()) {
      return Optional.empty();
    }
    try {
      authentication.authenticate(request);
      return Optional.empty();
    } catch (RefusalException unknown) {
      return Optional.of(unknown);
    }
  }

  private static RefusalException refusalOf(Exception failure, HttpServletRequest request) {
    if (failure instanceof RefusalException refusal) {
      return refusal;
    }
    if (isDatabaseDown(failure)) {
      log.warn("{} refused: {}", request.getRequestURI(), failure.toString());
      return new RefusalException(
              ErrorCode.DATABASE_UNAVAILABLE,
              "The database can't be reached; try again. With an Idempotency-Key a repeat is never a"
                  + " second request.")
          .header("Retry-After", "2");
    }
    if (failure instanceof MaxUploadSizeExceededException) {
      return new RefusalException(ErrorCode.TOO_LARGE, "The body is larger than what is taken.");
    }
    if (failure instanceof HttpMessageNotReadableException
        || failure instanceof MultipartException) {
      return new RefusalException(
          ErrorCode.INVALID_BODY, "The body can't be read as its content type says.");
    }
    if (failure instanceof TypeMismatchException mismatch) {
      RefusalException refusal = ofStatus(400);
      return mismatch.getPropertyName() == null
          ? refusal
          : refusal.param(mismatch.getPropertyName());
    }
    if (failure instanceof DataIntegrityViolationException && isUnstorable(failure)) {
      return new RefusalException(
          ErrorCode.INVALID_REQUEST, "A text or a number holds what can't be kept.");
    }
    if (failure instanceof IllegalArgumentException && hasWildcardType(request)) {
      return ofStatus(415);
    }
    if (failure instanceof InvalidParameterException parameter) {
      // A value without a name, half an escape; also a form that is too large.
      return ofStatus(request.getMethod().equals("GET") ? 400 : parameter.getErrorCode());
    }
    if (failure instanceof ErrorResponse response) {
      RefusalException refusal = ofStatus(response.getStatusCode().value());
      // Which methods or types would be taken instead.
      response
          .getHeaders()
          .forEach((name, values) -> refusal.header(name, String.join(", ", values)));
      return refusal;
    }
    log.error("{} {} failed", request.getMethod(), request.getRequestURI(), failure);
    return new RefusalException(ErrorCode.INTERNAL, "Something went wrong on our side.");
  }

  static RefusalException ofStatus(int status) {
    return switch (status) {
      case 404 -> new RefusalException(ErrorCode.NOT_FOUND, "There is nothing here.");
      case 405 ->
          new RefusalException(ErrorCode.METHOD_NOT_ALLOWED, "This path knows other methods.");
      case 406 -> new RefusalException(ErrorCode.NOT_ACCEPTABLE, "Not to be had in that form.");
      case 413 -> new RefusalException(ErrorCode.TOO_LARGE, "The body is too large.");
      case 415 ->
          new RefusalException(
              ErrorCode.UNSUPPORTED_MEDIA_TYPE, "This content type is not taken here.");
      default ->
          status >= 500
              ? new RefusalException(ErrorCode.INTERNAL, "Something went wrong on our side.")
              : new RefusalException(
                  ErrorCode.INVALID_REQUEST, "A parameter is missing or malformed.");
    };
  }

  /** {@code application/*} says what can be read, not what was sent; Spring trips over it. */
  private static boolean hasWildcardType(HttpServletRequest request) {
    String type = request.getContentType();
    return type != null && type.split(";", 2)[0].contains("*");
  }

  /** SQL state 22, data exception: a NUL in a text, a time beyond all calendars. */
  private static boolean isUnstorable(Throwable failure) {
    return NestedExceptionUtils.getMostSpecificCause(failure) instanceof SQLException cause
        && String.valueOf(cause.getSQLState()).startsWith("22");
  }

  private static boolean isDatabaseDown(Throwable failure) {
    return failure instanceof CannotCreateTransactionException
        || failure instanceof TransactionSystemException
        || failure instanceof DataAccessResourceFailureException
        || failure instanceof TransientDataAccessException
        || failure instanceof QueryTimeoutException
        // A table that is missing: the database is there, but not brought up to date yet.
        || failure instanceof InvalidDataAccessResourceUsageException
        || failure instanceof RecoverableDataAccessException;
  }
}
