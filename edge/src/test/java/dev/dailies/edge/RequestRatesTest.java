package dev.dailies.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Shares and guesses, by a clock that stands still until told. */
class RequestRatesTest {
  private static final class Hand implements TimeMeter {
    private long now = 1;

    @Override
    public long currentTimeNanos() {
      return now;
    }

    @Override
    public boolean isWallClockBased() {
      return false;
    }

    void pass(Duration time) {
      now += time.toNanos();
    }
  }

  private final Hand time = new Hand();

  @Test
  void a_minutes_worth_may_come_at_once_and_then_comes_back_evenly() {
    RequestRates rates = new RequestRates(120, time);
    for (int left = 119; left >= 0; left--) {
      assertThat(rates.take("a").remaining()).isEqualTo(left);
    }
    RequestRates.Share beyond = rates.take("a");
    assertThat(beyond.granted()).isFalse();
    assertThat(beyond.pause()).isEqualTo(Duration.ofMillis(500));
    assertThat(beyond.full()).isEqualTo(Duration.ofMinutes(1));
    assertThat(rates.take("b").granted()).isTrue();

    time.pass(Duration.ofMillis(500));
    assertThat(rates.take("a").granted()).isTrue();
    assertThat(rates.take("a").granted()).isFalse();
  }

  @Test
  void an_address_that_guesses_is_not_told_even_of_a_right_guess_but_its_known_keys_work() {
    Guessing guessing = new Guessing(6, time);
    guessing.right("10.0.0.1", "mine");
    for (int i = 0; i < 6; i++) {
      assertThat(guessing.pause("10.0.0.1", "guess " + i)).isZero();
      guessing.wrong("10.0.0.1", "guess " + i);
    }
    assertThat(guessing.pause("10.0.0.1", "the right one")).isEqualTo(Duration.ofSeconds(10));
    assertThat(guessing.pause("10.0.0.1", "mine")).isZero();
    assertThat(guessing.pause("10.0.0.2", "the right one")).isZero();
    guessing.wrong("10.0.0.1", "mine");
    assertThat(guessing.pause("10.0.0.1", "mine")).isPositive();

    time.pass(Duration.ofSeconds(20));
    assertThat(guessing.pause("10.0.0.1", "the right one")).isZero();
  }

  @Test
  void a_network_of_ipv6_is_one_address() {
    assertThat(Guessing.network("2001:db8:1:2::7"))
        .isEqualTo(Guessing.network("2001:db8:1:2:ffff::1"))
        .isNotEqualTo(Guessing.network("2001:db8:1:3::7"));
    assertThat(Guessing.network("192.0.2.7")).isEqualTo("192.0.2.7");
  }

  @ParameterizedTest
  @CsvSource({"0,0ms", "120,120ms", "1000,1s", "1500,1.5s", "59990,59.99s", "360000,6m0s"})
  void times_are_written_as_openai_does(long millis, String written) {
    assertThat(HttpRateLimit.written(Duration.ofMillis(millis))).isEqualTo(written);
  }
}
