package dev.dailies.edge;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.util.ServletRequestPathUtils;

/**
 * A path that stands as it is goes before one with variables, for every method, as OpenAPI has it:
 * {@code GET /v1/videos/edits} is a 405 that allows POST, not the video called "edits".
 */
final class HttpExactPaths extends RequestMappingHandlerMapping {
  private Set<String> exact = Set.of();

  @Override
  protected void handlerMethodsInitialized(Map<RequestMappingInfo, HandlerMethod> methods) {
    exact =
        methods.keySet().stream()
            .flatMap(info -> info.getDirectPaths().stream())
            .collect(Collectors.toUnmodifiableSet());
    super.handlerMethodsInitialized(methods);
  }

  @Override
  protected @Nullable RequestMappingInfo getMatchingMapping(
      RequestMappingInfo info, HttpServletRequest request) {
    String path =
        ServletRequestPathUtils.getParsedRequestPath(request).pathWithinApplication().value();
    return exact.contains(path) && !info.getDirectPaths().contains(path)
        ? null
        : super.getMatchingMapping(info, request);
  }

  @Override
  protected @Nullable HandlerMethod handleNoMatch(
      Set<RequestMappingInfo> infos, String path, HttpServletRequest request)
      throws ServletException {
    Set<RequestMappingInfo> those =
        infos.stream()
            .filter(info -> info.getDirectPaths().contains(path))
            .collect(Collectors.toSet());
    return super.handleNoMatch(those.isEmpty() ? infos : those, path, request);
  }
}
