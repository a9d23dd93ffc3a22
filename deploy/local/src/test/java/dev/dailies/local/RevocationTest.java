package dev.dailies.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dailies.local.DailiesClient.Answer;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** Whoever loses a right has lost it in every service within two seconds, and for good. */
class RevocationTest {
  private static final Duration AT_MOST = Duration.ofSeconds(2);

  /** In each service something that every role may ask. */
  private static final Map<String, String> OPEN =
      Map.of(
          "prompt-service", "GET /v1/models",
          "asset-service", "GET /api/assets?shot=none",
          "review-service", "GET /api/reviews/reasons");

  /** In each service something that a producer may ask, and an operator may not. */
  private static final Map<String, String> PRODUCERS =
      Map.of(
          "prompt-service", "POST /api/shots/none/cancel",
          "asset-service", "GET /api/references",
          "review-service", "GET /api/moderation/assets/none");

  private final SharedStack stack = SharedStack.get();
  private final DailiesClient owner = stack.client("dailies-local");

  private static Map<String, Object> key(String name, String... roles) {
    return Map.of("name", name, "roles", List.of(roles));
  }

  private static int status(DailiesClient caller, String request) {
    String path = request.substring(request.indexOf(' ') + 1);
    return (request.startsWith("POST") ? caller.post(path, Map.of()) : caller.get(path)).status();
  }

  private static void awaitEverywhere(
      Map<String, String> requests, DailiesClient caller, Integer... statuses) {
    requests
        .values()
        .forEach(request ->
            await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> List.of(statuses).contains(status(caller, request))));
  }

  /** Makes a change and measures when each service refuses the caller. */
  private static void refusedInTime(
      String what,
      Map<String, String> requests,
      DailiesClient caller,
      int status,
      Runnable change) {
    Map<String, Long> millis = new ConcurrentHashMap<>();
    change.run();
    long changed = System.nanoTime();
    try (ExecutorService services = Executors.newVirtualThreadPerTaskExecutor()) {
      requests.forEach((service, request) ->
          services.submit(() -> {
            await()
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> status(caller, request) == status);
            return millis.put(service, (System.nanoTime() - changed) / 1_000_000);
          }));
    }
    System.out.printf("%s acts after ms: %s%n", what, new TreeMap<>(millis));
    assertThat(millis.keySet()).isEqualTo(requests.keySet());
    assertThat(millis.values()).allMatch(took -> took <= AT_MOST.toMillis());
    requests.values().forEach(request -> assertThat(status(caller, request)).isEqualTo(status));
  }

  private void noLogHolds(String secret) {
    for (ServiceProcess process : stack.parts().processes()) {
      assertThat(process.log()).content().as(process.name()).doesNotContain(secret);
    }
  }

  @Test
  void aKeyThatIsRotatedOrRevokedIsRefusedEverywhere() {
    Answer made = owner.post("/api/keys", key("to be revoked", "producer", "reviewer"));
    String path = "/api/keys/" + made.text("id");
    DailiesClient before = owner.as(made.text("secret"));
    awaitEverywhere(OPEN, before, 200);
    Answer[] rotated = new Answer[1];
    refusedInTime(
        "a rotation", OPEN, before, 401, () -> rotated[0] = owner.post(path + "/rotate", Map.of()));

    DailiesClient after = owner.as(rotated[0].text("secret"));
    awaitEverywhere(OPEN, after, 200);
    refusedInTime("a revocation", OPEN, after, 401, () -> owner.delete(path));
    noLogHolds(made.text("secret"));
    noLogHolds(rotated[0].text("secret"));
  }

  @Test
  void aMemberThatLosesARoleOrIsRemovedIsRefusedEverywhere() {
    String subject = "sub-" + UUID.randomUUID();
    String path =
        "/api/members/"
            + owner
                .post("/api/members", Map.of("subject", subject, "roles", List.of("producer")))
                .text("id");
    String token = stack.token(subject);
    DailiesClient person = owner.as(token);
    awaitEverywhere(PRODUCERS, person, 200, 404);
    refusedInTime(
        "a change of role",
        PRODUCERS,
        person,
        403,
        () -> owner.patch(path, Map.of("roles", List.of("operator"))));
    awaitEverywhere(OPEN, person, 200);
    refusedInTime("a removal", OPEN, person, 403, () -> owner.delete(path));
    noLogHolds(token);
  }

  @Test
  void aClosedWorkspaceIsClosedEverywhere() {
    String name = "w-" + UUID.randomUUID();
    Answer opened = owner.post("/api/workspaces", Map.of("name", name));
    DailiesClient tenant = owner.as(opened.body().path("owner_key").path("secret").asString());
    awaitEverywhere(OPEN, tenant, 200);
    refusedInTime(
        "a closing",
        OPEN,
        tenant,
        401,
        () -> owner.post("/api/workspaces/" + name + "/close", Map.of()));
  }

  @Test
  void whatWasRevokedWhileAServiceWasDownIsRefusedByItFromItsFirstAnswerOn() {
    Answer made = owner.post("/api/keys", key("revoked in absence", "producer"));
    ServiceProcess asset = stack.parts().named("asset-service");
    DailiesClient revoked = new DailiesClient(asset.origin(), made.text("secret"));
    String path = "/api/assets?shot=none";
    revoked.awaitAnswer(path, answer -> answer.status() == 200, Duration.ofSeconds(10));
    asset.kill();
    owner.delete("/api/keys/" + made.text("id"));

    asset.start();
    DailiesClient good = new DailiesClient(asset.origin(), "dailies-local");
    Map<Integer, Integer> answers = new TreeMap<>();
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(5))
        .ignoreException(UncheckedIOException.class)
        .until(() -> {
          answers.merge(revoked.get(path).status(), 1, Integer::sum);
          return good.get(path).status() == 200;
        });
    assertThat(answers.keySet()).as("%s", answers).isSubsetOf(401, 503);
    assertThat(revoked.get(path).status()).isEqualTo(401);
    await().atMost(Duration.ofSeconds(60)).until(asset::ready);
  }
}
