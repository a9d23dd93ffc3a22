package dev.dailies.contracts;

import java.util.Locale;

/**
 * The stable codes with which Dailies refuses a request, and the HTTP status of each. A code never
 * changes its meaning; clients may switch on it.
 */
public enum ErrorCode {
  /** A field is missing, out of range or contradicts another. */
  INVALID_REQUEST(400),
  /** The body is not readable as what its media type says. */
  INVALID_BODY(400),
  /** The model can't make that size; what it can is named. */
  UNSUPPORTED_SIZE(400),
  /** The model can't make that length; what it can is named. */
  UNSUPPORTED_LENGTH(400),
  /** The model can't do that; what it can is named. */
  UNSUPPORTED_OPERATION(400),
  /** The model can't start from that kind of media; what it takes is named. */
  UNSUPPORTED_REFERENCE(400),
  /** What the work is to start from can't be used, now or ever. */
  SOURCE_UNAVAILABLE(400),
  /** The model has been retired; its successor is named. */
  MODEL_RETIRED(400),
  /** The uploaded media are not what is taken: not an image, too many pixels, empty. */
  INVALID_REFERENCE(400),
  /** Our policy refused the text of the request. */
  CONTENT_POLICY_VIOLATION(400),
  /** The key is unknown, expired or revoked, or none was given. */
  INVALID_API_KEY(401),
  /** The token is malformed, expired, or not signed by the configured issuer for us. */
  INVALID_TOKEN(401),
  /** The key is good, but not for this. */
  FORBIDDEN(403),
  /** The token is good, but its person is no active member of the workspace. */
  NOT_A_MEMBER(403),
  /** Unknown, of another workspace, or not to be seen: told apart by nobody. */
  NOT_FOUND(404),
  /** No model of that name. */
  MODEL_NOT_FOUND(404),
  /** The path knows other methods. */
  METHOD_NOT_ALLOWED(405),
  /** The answer can't be given in a form the client accepts. */
  NOT_ACCEPTABLE(406),
  /** Something changed since the client looked. */
  CONFLICT(409),
  /** The idempotency key was used for another body. */
  IDEMPOTENCY_KEY_REUSED(409),
  /** The generation has reached its end already. */
  ALREADY_ENDED(409),
  /** The generation has not ended yet; it can be cancelled, but not removed. */
  NOT_ENDED(409),
  /** The last owner of a workspace can't be removed. */
  LAST_OWNER(409),
  /** A project, brief or shot that was archived takes no new work; it can be restored. */
  ARCHIVED(409),
  /** A rule of the review says no; the rule is named. */
  NOT_ALLOWED(409),
  /** A part of the contract that is not to be had here; no server's fault, so no 501. */
  NOT_AVAILABLE(404),
  /** What is to be changed is no longer of the version that {@code If-Match} names. */
  PRECONDITION_FAILED(412),
  /** The body, or what it names, is larger than what is taken. */
  TOO_LARGE(413),
  /** The media type is not taken here. */
  UNSUPPORTED_MEDIA_TYPE(415),
  /** The range lies outside the content. */
  RANGE_NOT_SATISFIABLE(416),
  /** Too many requests; come back after the time named. */
  RATE_LIMIT_EXCEEDED(429),
  /** A fault of ours. */
  INTERNAL(500),
  /** The service that answers this path can't be reached. */
  UPSTREAM_UNAVAILABLE(502),
  /** The keys have not been read yet: the service has just started. */
  ACCESS_NOT_READY(503),
  /** The issuer of tokens can't be reached, so that no token can be checked. */
  ISSUER_UNAVAILABLE(503),
  /**
   * The database can't be reached. Nothing is half accepted; but when the connection broke at the
   * commit, nobody can tell whether the whole was.
   */
  DATABASE_UNAVAILABLE(503),
  /** The object store can't be reached. */
  STORE_UNAVAILABLE(503);

  private final int status;

  ErrorCode(int status) {
    this.status = status;
  }

  /** What stands in the answer's {@code code}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The HTTP status that goes with it. */
  public int status() {
    return status;
  }

  /** Whether the same request may succeed later without being changed. */
  public boolean repeatable() {
    return this == RATE_LIMIT_EXCEEDED || status >= 500;
  }
}
