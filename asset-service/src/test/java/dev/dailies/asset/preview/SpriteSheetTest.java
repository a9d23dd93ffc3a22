package dev.dailies.asset.preview;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpriteSheetTest {
  @ParameterizedTest
  @CsvSource({
    "100, 1, 1, 1, 500",
    "1000, 2, 1, 2, 500",
    "4000, 8, 1, 8, 500",
    "8000, 10, 2, 16, 500",
    "50000, 10, 10, 100, 500",
    "600000, 10, 10, 100, 6000",
  })
  void has_at_most_a_hundred_pictures(
      long millis, int columns, int rows, int tiles, long interval) {
    SpriteSheet sheet = SpriteSheet.of(Duration.ofMillis(millis), 1280, 720);
    assertThat(sheet).isEqualTo(new SpriteSheet(columns, rows, 160, 90, tiles, interval));
  }

  @Test
  void keeps_the_shape_in_even_numbers() {
    assertThat(SpriteSheet.of(Duration.ofSeconds(1), 720, 1280).tileWidth()).isEqualTo(90);
    assertThat(Scale.shorterSide(721, 1281, 360)).isEqualTo(new Scale(360, 640));
    assertThat(Scale.shorterSide(160, 90, 360)).isEqualTo(new Scale(160, 90));
  }
}
