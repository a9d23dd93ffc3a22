package dev.dailies.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The one page that lists every environment variable: {@code deploy/ENVIRONMENT.md}, made from the
 * services' {@code application.yml}, where each stands on a line of its own with a comment.
 */
final class EnvironmentPage {
  private static final Pattern VARIABLE =
      Pattern.compile("\\$\\{(DAILIES_[A-Z0-9_]+)(?::((?:[^{}]|\\{[^{}]*\\})*))?\\}");

  private EnvironmentPage() {}

  /**
   * One variable of one service.
   *
   * @param defaultValue what holds when it is not set; empty: it must be set
   * @param meaning the comment of its line
   */
  record Variable(String name, String defaultValue, String meaning) {}

  /** The variables of a settings file, in its order. */
  static List<Variable> read(List<String> lines) {
    List<Variable> variables = new ArrayList<>();
    List<String> comment = new ArrayList<>();
    for (String line : lines) {
      String text = line.strip();
      if (text.startsWith("#")) {
        comment.add(text.substring(1).strip());
        continue;
      }
      Matcher matcher = VARIABLE.matcher(text);
      while (matcher.find()) {
        String after = text.substring(matcher.end()).strip();
        String behind = after.startsWith("#") ? after.substring(1).strip() : "";
        String meaning = behind.isEmpty() ? String.join(" ", comment) : behind;
        String value = matcher.group(2) == null ? "" : matcher.group(2);
        variables.add(new Variable(matcher.group(1), value, meaning));
      }
      comment.clear();
    }
    return variables;
  }

  /** The page for the services of the source tree. */
  static String render(Path root) {
    StringBuilder page =
        new StringBuilder(
            """
            # Environment variables

            Every process is configured by these alone. The page is made from the services' `application.yml`
            (a test of `deploy/local` keeps it so: run it with `-Ddailies.write=true` to write the page anew).
            Durations are written `30s` or `5m`, sizes `512MB`.
            """);
    for (Service service : Service.values()) {
      Path file = root.resolve(service.module()).resolve("src/main/resources/application.yml");
      if (!Files.exists(file)) {
        continue;
      }
      page.append(
          "\n## %s\n\n| variable | default | meaning |\n|---|---|---|\n"
              .formatted(service.module()));
      Map<String, Variable> sorted = new TreeMap<>();
      for (Variable variable : read(lines(file))) {
        sorted.putIfAbsent(variable.name(), variable);
      }
      sorted
          .values()
          .forEach(variable ->
              page.append(
                  "| `%s` | %s | %s |\n"
                      .formatted(
                          variable.name(),
                          variable.defaultValue().isEmpty()
                              ? ""
                              : "`" + variable.defaultValue() + "`",
                          variable.meaning().replace("|", "\\|"))));
    }
    return page.toString();
  }

  static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
