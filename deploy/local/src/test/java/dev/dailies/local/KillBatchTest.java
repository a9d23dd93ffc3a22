package dev.dailies.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dailies.animatic.AnimaticStep;
import dev.dailies.asset.AssetSteps;
import dev.dailies.local.DailiesClient.Answer;
import dev.dailies.prompt.PromptSteps;
import dev.dailies.review.ReviewSteps;
import dev.dailies.worker.WorkerSteps;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Fifty at once, while every process is killed at every named step, and the broker too. */
class KillBatchTest {
  private static final Duration REACHED = Duration.ofSeconds(40);
  private static final Duration RETRIES = Duration.ofSeconds(60);

  /** Steps that only an erasure meets. */
  private static final Set<String> ERASING =
      Set.of(PromptSteps.ERASE_BEFORE_COMMIT.step(), AssetSteps.MEDIA_REMOVED_BEFORE_COMMIT.step());

  @Test
  void everyGenerationIsPaidOnceAndFinishesOnceWhateverIsKilled() throws Exception {
    SharedStack stack = SharedStack.get();
    DailiesClient client = stack.client("dailies-local");
    List<Future<String>> submitted = new ArrayList<>();
    Set<String> killed = new TreeSet<>();
    List<String> erased = List.of(client.submit("to be erased"), client.submit("this one too"));
    Deque<String> toErase = new ArrayDeque<>(erased);
    for (String id : erased) {
      client.awaitVideo(id, "completed", Duration.ofSeconds(60));
    }
    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 50; i++) {
        submitted.add(submit(clients, client, submitted.size()));
      }
      for (String step : everyStep().toList()) {
        Instant armed = Instant.now();
        stack.steps().arm(step);
        if (ERASING.contains(step)) {
          String id = toErase.pop();
          clients.submit(() -> client.eraseWithRetries(id, RETRIES));
        }
        submitted.add(submit(clients, client, submitted.size()));
        submitted.add(submit(clients, client, submitted.size()));
        ServiceProcess victim = stack.steps().killWhoHits(step, REACHED);
        killed.add(victim.service().module());
        victim.start();
        System.out.printf(
            "killed %s at %s after %d ms%n",
            victim.name(), step, Duration.between(armed, Instant.now()).toMillis());
      }
      stack.parts().broker().kill();
      submitted.add(submit(clients, client, submitted.size()));
      stack.parts().broker().start();
    }
    assertThat(killed)
        .containsExactlyInAnyOrder(
            Stream.of(Service.values()).map(Service::module).toArray(String[]::new));

    Set<String> assets = new HashSet<>();
    for (Future<String> one : submitted) {
      String id = one.get();
      client.awaitVideo(id, "completed", Duration.ofSeconds(120));
      Answer told = client.generation(id);
      Map<String, Long> paid = stack.journal().paidSubmits();
      long submits = 0;
      for (var render : told.body().path("renders")) {
        submits += paid.getOrDefault(render.path("id").asString(), 0L);
      }
      assertThat(submits).as("paid submits of %s: %s", id, told.body()).isEqualTo(1);
      assertThat(assets.add(told.text("asset")))
          .as("an asset of its own: %s", told.body())
          .isTrue();
      assertThat(client.drain("/v1/videos/" + id + "/content")).isPositive();
    }
    for (String id : erased) {
      assertThat(client.video(id).status()).isEqualTo(404);
      client.awaitAnswer(
          "/api/generations/" + id,
          answer -> answer.body().at("/erasure/media_removed_at").isString(),
          Duration.ofSeconds(60));
    }
    assertThat(PublishedEvents.of(stack).completions())
        .containsAllEntriesOf(
            submitted.stream().collect(Collectors.toMap(Future::resultNow, one -> 1L)));
  }

  private static Future<String> submit(ExecutorService clients, DailiesClient client, int number) {
    return clients.submit(
        () -> client.submitWithRetries("kill-" + number, "take " + number, RETRIES));
  }

  /** The named steps of all services that a plain batch meets, in the order of a request's way. */
  private static Stream<String> everyStep() {
    Set<PromptSteps> rare =
        Set.of(PromptSteps.HAND_OUT_AGAIN_BEFORE_COMMIT, PromptSteps.CANCEL_BEFORE_COMMIT);
    return Stream.of(
            Stream.of(PromptSteps.values()).filter(s -> !rare.contains(s)).map(PromptSteps::step),
            Stream.of("outbox.sent-before-deleted"),
            Stream.of(WorkerSteps.values()).map(WorkerSteps::stepName),
            Stream.of(AnimaticStep.values()).map(AnimaticStep::step),
            Stream.of(AssetSteps.values()).map(AssetSteps::step),
            Stream.of(ReviewSteps.values()).map(ReviewSteps::step))
        .flatMap(steps -> steps);
  }
}
