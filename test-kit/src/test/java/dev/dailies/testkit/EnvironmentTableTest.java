package dev.dailies.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Keeps {@code deploy/ENVIRONMENT.md} equal to what the processes' {@code application.yml} say;
 * with {@code -Ddailies.golden=write} it is written anew.
 */
class EnvironmentTableTest {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final List<String> PROCESSES =
      List.of(
          "prompt-service", "render-worker", "asset-service", "review-service", "model-endpoint");
  private static final Pattern LINE =
      Pattern.compile("^.*\\$\\{(DAILIES_[A-Z0-9_]+):(.*?)}(?=\\s|}|\"|$)[^#]*(?:#\\s*(.*))?$");
  private static final Pattern COMMENT = Pattern.compile("^\\s*#\\s*(.*)$");

  private record Variable(String name, String fallback, String meaning) {
    String row() {
      String shown = fallback.isBlank() ? "" : "`" + fallback + "`";
      return "| `%s` | %s | %s |".formatted(name, shown, meaning.replace("<", "&lt;"));
    }
  }

  @Test
  void everyVariableIsInTheTable() throws IOException {
    Path document = ROOT.resolve("deploy/ENVIRONMENT.md");
    String table = render();
    if ("write".equals(System.getProperty("dailies.golden"))) {
      Files.writeString(document, table);
    }
    assertThat(document)
        .as("stale? mvn -pl test-kit test -Dtest=EnvironmentTableTest -Ddailies.golden=write")
        .content()
        .isEqualTo(table);
  }

  @Test
  void everyVariableSaysWhatItMeans() throws IOException {
    List<String> silent = new ArrayList<>();
    for (String process : PROCESSES) {
      variables(process).stream()
          .filter(variable -> variable.meaning().isBlank())
          .forEach(variable -> silent.add(process + " " + variable.name()));
    }
    assertThat(silent).isEmpty();
  }

  @Test
  void aLineIsReadWithItsComment() {
    List<Variable> read =
        read(
            Stream.of(
                "a:",
                "  # Before it.",
                "  b: ${DAILIES_B:one}",
                "  c: ${DAILIES_C:${java.io.tmpdir}/c}   # beside it",
                "  d: ${DAILIES_D:}",
                "  e: 5 # not a variable"));
    assertThat(read)
        .containsExactly(
            new Variable("DAILIES_B", "one", "Before it."),
            new Variable("DAILIES_C", "${java.io.tmpdir}/c", "beside it"),
            new Variable("DAILIES_D", "", ""));
  }

  private static String render() throws IOException {
    StringBuilder text =
        new StringBuilder(
            """
            # Environment

            What each process can be told by environment variables, with its default. Rendered from the
            `application.yml` of each; every other Spring Boot property has its usual variable too
            (`LOGGING_LEVEL_ROOT`, `SPRING_DATASOURCE_HIKARI_MAXIMUM_POOL_SIZE`).
            """);
    for (String process : PROCESSES) {
      List<Variable> variables = variables(process);
      if (variables.isEmpty()) {
        continue;
      }
      text.append("\n## ").append(process).append("\n\n");
      text.append("| variable | default | what it is |\n|---|---|---|\n");
      variables.forEach(variable -> text.append(variable.row()).append('\n'));
    }
    return text.toString();
  }

  private static List<Variable> variables(String process) throws IOException {
    Path file = ROOT.resolve(process).resolve("src/main/resources/application.yml");
    if (!Files.exists(file)) {
      return List.of();
    }
    try (Stream<String> lines = Files.lines(file)) {
      return read(lines);
    }
  }

  private static List<Variable> read(Stream<String> lines) {
    List<Variable> variables = new ArrayList<>();
    String above = "";
    for (String line : lines.toList()) {
      Matcher comment = COMMENT.matcher(line);
      if (comment.matches()) {
        above = (above + " " + comment.group(1)).strip();
        continue;
      }
      Matcher variable = LINE.matcher(line);
      if (variable.matches()) {
        String beside = variable.group(3) == null ? "" : variable.group(3).strip();
        variables.add(
            new Variable(variable.group(1), variable.group(2), beside.isEmpty() ? above : beside));
      }
      above = "";
    }
    return variables;
  }
}
