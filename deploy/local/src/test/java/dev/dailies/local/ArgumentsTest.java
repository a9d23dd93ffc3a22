package dev.dailies.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArgumentsTest {

  @Test
  void withoutOptionsTheDefaultsOfTheReadmeHold() {
    Arguments arguments = Arguments.parse(List.of("/src", "/home/me", "up"));

    assertThat(arguments)
        .isEqualTo(
            new Arguments(
                Path.of("/src"), Arguments.Command.UP, 8080, Path.of("/src/data"), 1, false));
  }

  @Test
  void optionsTakeTheirValueFromTheNextWordOrAfterAnEqualsSign() {
    Arguments arguments =
        Arguments.parse(
            List.of(
                "/src",
                "/home/me",
                "up",
                "--port",
                "9000",
                "--data=d",
                "--timings",
                "--workers=2"));

    assertThat(arguments)
        .isEqualTo(
            new Arguments(
                Path.of("/src"), Arguments.Command.UP, 9000, Path.of("/home/me/d"), 2, true));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"--port", "--port x", "--port 70000", "--workers 0", "--workers 9", "--turbo"})
  void aWrongWordIsNamed(String words) {
    List<String> line = new java.util.ArrayList<>(List.of("/src", "/home/me", "up"));
    line.addAll(List.of(words.split(" ")));

    assertThatThrownBy(() -> Arguments.parse(line))
        .isInstanceOf(LaunchFailure.class)
        .hasMessageContaining(words.split(" ")[0]);
  }
}
