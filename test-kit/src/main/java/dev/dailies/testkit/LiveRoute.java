package dev.dailies.testkit;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * A route of our own that a running service answers.
 *
 * @param contentType of the body, where the route names one
 */
record LiveRoute(String method, String path, Optional<String> contentType) {
  static List<LiveRoute> of(Collection<RequestMappingHandlerMapping> mappings) {
    return mappings.stream().flatMap(LiveRoute::routes).toList();
  }

  /** Their names. */
  static Set<String> names(Collection<RequestMappingHandlerMapping> mappings) {
    return of(mappings).stream().map(LiveRoute::name).collect(Collectors.toSet());
  }

  /** As in {@code GET /api/assets/{id}}. */
  String name() {
    return method + " " + path;
  }

  private static Stream<LiveRoute> routes(RequestMappingHandlerMapping mapping) {
    return mapping.getHandlerMethods().entrySet().stream()
        .filter(entry -> entry.getValue().getBeanType().getPackageName().startsWith("dev.dailies."))
        .flatMap(entry -> {
          var info = entry.getKey();
          List<Optional<String>> types =
              info.getConsumesCondition().getConsumableMediaTypes().stream()
                  .map(type -> Optional.of(type.toString()))
                  .toList();
          List<Optional<String>> sent = types.isEmpty() ? List.of(Optional.empty()) : types;
          return info.getPatternValues().stream()
              .filter(path -> !path.equals("/error"))
              .flatMap(path ->
                  info.getMethodsCondition().getMethods().stream()
                      .flatMap(method ->
                          sent.stream().map(type -> new LiveRoute(method.name(), path, type))));
        });
  }
}
