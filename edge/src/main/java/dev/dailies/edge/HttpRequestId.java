package dev.dailies.edge;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.MDC;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Names each answer in {@code x-request-id}, which OpenAI's clients show with every error. It is
 * the trace of the request, so that whoever quotes it leads to the logs of all services.
 */
final class HttpRequestId extends OncePerRequestFilter {
  static final String HEADER = "x-request-id";

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String trace =
        Optional.ofNullable(MDC.get("traceId"))
            .orElseGet(() -> UUID.randomUUID().toString().replace("-", ""));
    chain.doFilter(request, new Named(response, "req_" + trace));
  }

  /** Keeps the name when an answer is begun anew. */
  private static final class Named extends HttpServletResponseWrapper {
    private final String name;

    private Named(HttpServletResponse response, String name) {
      super(response);
      this.name = name;
      response.setHeader(HEADER, name);
    }

    @Override
    public void reset() {
      super.reset();
      setHeader(HEADER, name);
    }
  }
}
