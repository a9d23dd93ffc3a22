package dev.dailies.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dailies.local.DailiesClient.Answer;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A part is down for a while: what is promised meanwhile, and that all goes on by itself after. */
class OutageTest {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final Map<String, String> SMALL =
      Map.of("prompt", "a kite", "seconds", "1", "size", "160x90");

  @Test
  void withTheBrokerDownRequestsAreAcceptedAndGoOnWhenItIsBack() {
    SharedStack stack = SharedStack.get();
    DailiesClient client = stack.client("dailies-local");
    stack.parts().broker().kill();
    String id = client.submit(SMALL);
    assertThat(client.video(id).text("status")).isEqualTo("queued");

    stack.parts().broker().start();

    client.awaitVideo(id, "completed", SOON);
  }

  @Test
  void withTheDatabaseDownRequestsAreRefusedWholeAndTakenAgainAfter() {
    SharedStack stack = SharedStack.get();
    DailiesClient client = stack.client("dailies-local");
    String before = client.submit(SMALL);
    stack.parts().database().kill();

    Answer refused = client.post("/v1/videos", SMALL);
    assertThat(refused.status()).as("%s", refused).isEqualTo(503);
    assertThat(refused.body().path("error").path("code").asString())
        .isEqualTo("database_unavailable");

    stack.parts().database().start();
    Answer accepted = client.awaitAnswer("/v1/videos/" + before, a -> a.status() == 200, SOON);
    assertThat(accepted.text("id")).isEqualTo(before);
    client.awaitVideo(before, "completed", SOON);
    client.awaitVideo(client.submit(SMALL), "completed", SOON);
  }

  @Test
  void withTheStoreDownAPaidResultWaitsAndIsStoredWhenItIsBack() {
    SharedStack stack = SharedStack.get();
    DailiesClient client = stack.client("dailies-local");
    stack.parts().store().stop();
    String id = client.submit(SMALL);
    client.awaitAnswer(
        "/api/generations/" + id,
        a -> a.body().path("renders").path(0).path("state").asString("").equals("submitted"),
        SOON);

    stack.parts().store().start();

    client.awaitVideo(id, "completed", SOON);
    String render = client.generation(id).body().path("renders").get(0).path("id").asString();
    assertThat(stack.journal().paidSubmits(render)).isEqualTo(1);
  }
}
