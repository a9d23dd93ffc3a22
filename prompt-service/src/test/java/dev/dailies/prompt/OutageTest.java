package dev.dailies.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dailies.contracts.Topic;
import dev.dailies.prompt.Stage.Answer;
import dev.dailies.testkit.TestBroker;
import dev.dailies.testkit.TestTopics;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Broker and database away, and back. */
class OutageTest {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final Stage stage = Stage.shared();

  @AfterEach
  void allIsWell() {
    Stage.databaseProxy().pass();
  }

  private static int accepted() {
    return stage.jdbc().sql("select count(*) from generation").query(Integer.class).single();
  }

  @Test
  void withoutTheDatabaseNothingIsHalfAcceptedAndItRecoversByItself() {
    int before = accepted();
    Stage.databaseProxy().refuse();
    Stage.databaseProxy().cut();
    for (int i = 0; i < 3; i++) {
      long asked = System.nanoTime();
      Answer answer = stage.post("/v1/videos", Map.of("prompt", "A heron"));
      assertThat(answer.status()).as(answer.raw().body()).isEqualTo(503);
      assertThat(answer.text("/error/code")).isEqualTo("database_unavailable");
      assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofSeconds(4));
    }
    assertThat(stage.get("/actuator/health/readiness").status()).isEqualTo(503);
    assertThat(stage.get("/actuator/health/liveness").status()).isEqualTo(200);

    Stage.databaseProxy().pass();
    await()
        .atMost(SOON)
        .untilAsserted(() ->
            assertThat(stage.post("/v1/videos", Map.of("prompt", "A heron")).status())
                .isEqualTo(200));
    assertThat(accepted()).isEqualTo(before + 1);
    Crew crew = new Crew("outage");
    String id = stage.accepted("m-outage", Map.of());
    crew.beat(5);
    crew.job(id, 1);
  }

  @Test
  void withoutTheBrokerRequestsAreAcceptedAndGoOutLater() {
    TestBroker.shared().stop();
    String id;
    try {
      id = stage.accepted("animatic-1", Map.of());
      assertThat(stage.get("/v1/videos/" + id).text("/status")).isEqualTo("queued");
      assertThat(stage.get("/actuator/health/readiness").status()).isEqualTo(200);
    } finally {
      TestBroker.shared().start();
    }
    TestTopics.shared()
        .await(Topic.GENERATION_EVENTS.topicName(), record -> id.equals(record.key()));
    Crew crew = new Crew("outage");
    String next = stage.accepted("m-outage", Map.of());
    await()
        .atMost(SOON)
        .pollInterval(Duration.ofSeconds(1))
        .until(() -> {
          crew.beat(5);
          return !crew.jobs(next).isEmpty();
        });
    crew.send(crew.claimed(crew.job(next, 1)));
    await().atMost(SOON).until(() -> stage.state(next).equals("running"));
  }
}
