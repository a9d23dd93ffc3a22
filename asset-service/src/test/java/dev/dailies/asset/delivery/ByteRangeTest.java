package dev.dailies.asset.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dailies.asset.delivery.ByteRange.Outside;
import dev.dailies.asset.delivery.ByteRange.Part;
import dev.dailies.asset.delivery.ByteRange.Whole;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteRangeTest {
  @ParameterizedTest
  @CsvSource({
    "bytes=0-0, 0, 0",
    "bytes=0-99, 0, 99",
    "bytes=0-1000, 0, 99",
    "bytes=5-, 5, 99",
    "bytes=-1, 99, 99",
    "bytes=-1000, 0, 99",
    "BYTES=1-2, 1, 2",
    "bytes = 1 - 2, 1, 2",
  })
  void a_part(String header, long from, long to) {
    assertThat(ByteRange.of(header, 100)).isEqualTo(new Part(from, to));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=100-", "bytes=100-200", "bytes=-0", "bytes=999999999999999999-"})
  void nothing_of_it(String header) {
    assertThat(ByteRange.of(header, 100)).isEqualTo(new Outside());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "bytes",
        "bytes=",
        "bytes=-",
        "bytes=2-1",
        "bytes=a-b",
        "bytes=0-1,3-4",
        "lines=1-2",
        "bytes=99999999999999999999-"
      })
  void what_is_malformed_is_ignored(String header) {
    assertThat(ByteRange.of(header, 100)).isEqualTo(new Whole());
  }

  @Test
  void of_nothing_nothing_can_be_had() {
    assertThat(ByteRange.of("bytes=0-", 0)).isEqualTo(new Outside());
    assertThat(ByteRange.of("bytes=-5", 0)).isEqualTo(new Outside());
  }
}
