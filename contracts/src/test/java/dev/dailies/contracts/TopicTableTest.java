package dev.dailies.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The README's table is the {@link Topic} enum. Run with {@code -Dreadme.write=true} to renew it.
 */
class TopicTableTest {
  private static final Path README = Path.of("../README.md");
  private static final String BEGIN = "<!-- topics -->\n";
  private static final String END = "<!-- /topics -->";

  @Test
  void theReadmeShowsTheTopicsAsTheyAreCreated() throws IOException {
    String readme = Files.readString(README);
    int begin = readme.indexOf(BEGIN) + BEGIN.length();
    int end = readme.indexOf(END);
    assertThat(begin).as("marker in README.md").isBetween(BEGIN.length(), end);
    if (Boolean.getBoolean("readme.write")) {
      readme = readme.substring(0, begin) + table() + readme.substring(end);
      Files.writeString(README, readme);
      end = readme.indexOf(END);
    }
    assertThat(readme.substring(begin, end)).isEqualTo(table());
  }

  private static String table() {
    return Stream.of(Topic.values())
        .map(t ->
            "| `%s` | %s | %s | %s | %s | %s: %s |\n"
                .formatted(
                    t.displayName(),
                    t.kind().name().toLowerCase(java.util.Locale.ROOT),
                    t.key(),
                    t.producer(),
                    String.join(", ", t.consumers()),
                    t.retention().map(TopicTableTest::words).orElse("for ever"),
                    t.reason()))
        .collect(
            Collectors.joining(
                "",
                "| topic | kind | key | producer | consumers | kept |\n|---|---|---|---|---|---|\n",
                ""));
  }

  private static String words(Duration kept) {
    return kept.toHours() + " h";
  }
}
