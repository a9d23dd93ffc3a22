package dev.dailies.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TestBrokerTest {

  private final TestTopics topics = TestTopics.shared();

  @Test
  void recordsAreReadAsTheyWereWrittenAlsoAfterAKill() {
    topics.create("notes", 2);
    topics.create("notes", 2);
    topics.record("notes", "a", bytes("one"), Map.of("ce_type", "Noted"));
    TestBroker.shared().kill();
    TestBroker.shared().start();
    topics.record("notes", "b", null, Map.of());

    assertThat(topics.read("notes")).hasSize(2);
    var record = topics.await("notes", candidate -> candidate.key().equals("a"));
    assertThat(record.value()).isEqualTo(bytes("one"));
    assertThat(TestTopics.header(record, "ce_type")).isEqualTo("Noted");
    assertThat(topics.await("notes", candidate -> candidate.key().equals("b")).value()).isNull();
  }

  @Test
  void waitingInVainSaysWhatWasThere() {
    topics.create("waiting", 1);
    topics.record("waiting", "key", bytes("one"), Map.of("ce_type", "Noted"));
    assertThatThrownBy(() ->
            topics.awaitAll("waiting", records -> records.size() == 2, Duration.ofMillis(1_500)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("key Noted");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
