package dev.dailies.prompt.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A wrong catalogue names the place and what is wrong there. */
class CatalogueFileTest {
  private static final String GOOD =
      """
      models:
        - id: one
          title: One
          since: 2026-01-01
          pool: local
          endpoint-model: one
          sizes: [1280x720]
          seconds: [4, 8-10]
          prices:
            - per-second: 0.10
              currency: USD
              from: 2026-01-01
              until: 2026-06-01
            - per-second: 0.20
              currency: USD
              from: 2026-06-01
      """;

  private static Catalogue read(String yaml) {
    return CatalogueFile.read(
        new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)), "models.yml");
  }

  @Test
  void readsLengthsAndPricesByDay() {
    Model one = read(GOOD).find("one").orElseThrow();
    assertThat(one.seconds()).containsExactly(4, 8, 9, 10);
    assertThat(one.priceOn(LocalDate.of(2026, 5, 31)).orElseThrow().perSecond()).isEqualTo("0.1");
    assertThat(one.priceOn(LocalDate.of(2026, 6, 1)).orElseThrow().perSecond()).isEqualTo("0.2");
    assertThat(one.priceOn(LocalDate.of(2025, 12, 31))).isEmpty();
  }

  @Test
  void theOneWeShipIsWhole() throws IOException {
    try (InputStream shipped = CatalogueFileTest.class.getResourceAsStream("/models.yml")) {
      Catalogue catalogue = CatalogueFile.read(Objects.requireNonNull(shipped), "ours");
      Model animatic = catalogue.find("animatic-1").orElseThrow();
      assertThat(animatic.seconds()).hasSize(20);
      assertThat(animatic.sizes()).contains(new FrameSize(1280, 720), new FrameSize(160, 90));
    }
  }

  static Stream<Arguments> wrong() {
    return Stream.of(
        Arguments.of("sizes: [1280x720]", "sizes: [wide]", "models[0] (one).sizes[0]"),
        Arguments.of("seconds: [4, 8-10]", "seconds: [10-8]", "seconds[0]"),
        Arguments.of("seconds: [4, 8-10]", "seconds: []", "at least one"),
        Arguments.of("pool: local", "pool: Local Pool", "models[0] (one)"),
        Arguments.of("pool: local", "operations: [paint]\n    pool: local", "operations are of"),
        Arguments.of("pool: local", "pools: local", "knows no 'pools'"),
        Arguments.of("title: One\n", "\n", "title is missing"),
        Arguments.of("since: 2026-01-01", "since: soon", "not a date"),
        Arguments.of("until: 2026-06-01", "until: 2026-07-01", "two prices"),
        Arguments.of("currency: USD", "currency: dollars", "currency"),
        Arguments.of("seconds:", "successor: two\n    seconds:", "names 'two' as successor"),
        Arguments.of("models:", "models: [", "not YAML"));
  }

  @ParameterizedTest
  @MethodSource
  void wrong(String good, String bad, String says) {
    assertThat(GOOD).contains(good);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read(GOOD.replaceFirst(Pattern.quote(good), bad)))
        .withMessageContaining("models.yml")
        .withMessageContaining(says);
  }
}
