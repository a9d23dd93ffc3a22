package dev.dailies.edge;

import dev.dailies.contracts.ErrorCode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;

/**
 * Tells a caller what is left of its share, in OpenAI's headers, and refuses what goes beyond.
 *
 * <p>Source: OpenAI's guide to rate limits; {@code retry-after-ms} is read by its official clients.
 */
final class HttpRateLimit {
  private static final String HEADERS = HttpRateLimit.class.getName();
  private static final String LIMIT = "x-ratelimit-limit-requests";

  private final RequestRates rates;

  HttpRateLimit(RequestRates rates) {
    this.rates = rates;
  }

  /** Takes one request from the caller's share. */
  void count(HttpServletRequest request, HttpServletResponse response, Principal caller) {
    if (rates.unlimited()) {
      return;
    }
    RequestRates.Share share = rates.take(caller.workspace().value() + '/' + caller.subject());
    Map<String, String> headers =
        Map.of(
            LIMIT,
            String.valueOf(share.limit()),
            "x-ratelimit-remaining-requests",
            String.valueOf(share.remaining()),
            "x-ratelimit-reset-requests",
            written(share.full()));
    request.setAttribute(HEADERS, headers);
    restore(request, response);
    if (!share.granted()) {
      throw refusal(
          share.pause(),
          "Rate limit reached: %d requests per minute. Try again in %s."
              .formatted(share.limit(), written(share.pause())));
    }
  }

  /** Puts the headers into an answer that was begun anew. */
  static void restore(HttpServletRequest request, HttpServletResponse response) {
    if (request.getAttribute(HEADERS) instanceof Map<?, ?> headers
        && !response.containsHeader(LIMIT)) {
      headers.forEach((name, value) -> response.setHeader((String) name, (String) value));
    }
  }

  static RefusalException refusal(Duration pause, String message) {
    return new RefusalException(ErrorCode.RATE_LIMIT_EXCEEDED, message)
        .header("Retry-After", String.valueOf(Math.max(1, pause.plusMillis(999).toSeconds())))
        .header("retry-after-ms", String.valueOf(Math.max(1, pause.toMillis())));
  }

  /** As OpenAI writes times: {@code 120ms}, {@code 1.5s}, {@code 6m0s}. */
  static String written(Duration time) {
    if (time.compareTo(Duration.ofSeconds(1)) < 0) {
      return time.plusNanos(999_999).toMillis() + "ms";
    }
    String seconds =
        BigDecimal.valueOf(time.toMillis() % 60_000, 3).stripTrailingZeros().toPlainString();
    return (time.toMinutes() > 0 ? time.toMinutes() + "m" : "") + seconds + "s";
  }
}
