package dev.dailies.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Which route writes what into the audit, from a table in the tree: a live route that can change
 * something and is not in it fails, and so does a line without a route.
 *
 * <p>A line reads {@code method | path | action | first | body}. The action is what the audit tells
 * of it, or {@code -} and why it tells nothing. {@code first} is a path that has to be posted to
 * before, and may be empty, as the body may.
 */
public final class AuditedRoutes {
  private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

  /**
   * A line of the table.
   *
   * @param action what is told; empty for a route that has a reason to tell nothing
   */
  public record Line(
      String method, String path, Optional<String> action, String first, String body) {
    public String name() {
      return method + " " + path;
    }
  }

  private AuditedRoutes() {}

  /** The table, once it has been found to name every unsafe route and no other. */
  public static List<Line> of(Collection<RequestMappingHandlerMapping> mappings, InputStream table)
      throws IOException {
    List<Line> lines =
        new String(table.readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .filter(line -> !line.isBlank() && !line.startsWith("#"))
            .map(AuditedRoutes::parse)
            .toList();
    assertThat(
            LiveRoute.names(mappings).stream()
                .filter(name -> !SAFE.contains(name.split(" ")[0]))
                .collect(Collectors.toSet()))
        .as("the table of audited routes names every one that can change something")
        .containsExactlyInAnyOrderElementsOf(lines.stream().map(Line::name).toList());
    return lines;
  }

  private static Line parse(String text) {
    List<String> parts = Arrays.stream(text.split("\\|", 5)).map(String::strip).toList();
    if (parts.size() < 3 || parts.get(2).length() < 3) {
      throw new IllegalArgumentException("not a line of a table of audited routes: " + text);
    }
    String action = parts.get(2);
    return new Line(
        parts.get(0),
        parts.get(1),
        action.startsWith("-") ? Optional.empty() : Optional.of(action),
        parts.size() > 3 ? parts.get(3) : "",
        parts.size() > 4 ? parts.get(4) : "");
  }
}
