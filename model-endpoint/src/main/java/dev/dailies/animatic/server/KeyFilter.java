package dev.dailies.animatic.server;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import org.springframework.web.filter.OncePerRequestFilter;
import tools.jackson.databind.json.JsonMapper;

/** Lets nobody in without the bearer key, if there is one. Health and metrics are open. */
final class KeyFilter extends OncePerRequestFilter {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final byte[] expected;

  KeyFilter(String key) {
    this.expected = ("Bearer " + key).getBytes(StandardCharsets.UTF_8);
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return request.getServletPath().startsWith("/actuator");
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    byte[] given =
        Optional.ofNullable(request.getHeader("Authorization"))
            .orElse("")
            .getBytes(StandardCharsets.UTF_8);
    if (MessageDigest.isEqual(given, expected)) {
      chain.doFilter(request, response);
      return;
    }
    ApiError refusal =
        ApiError.refused(401, "invalid_api_key", Optional.empty(), "Incorrect API key provided.");
    response.setStatus(refusal.status());
    refusal.headers().forEach(response::setHeader);
    response.setContentType("application/json");
    response.getOutputStream().write(JSON.writeValueAsBytes(refusal.body()));
  }
}
