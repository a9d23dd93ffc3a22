package dev.dailies.prompt.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.dailies.contracts.Sha256;
import dev.dailies.contracts.Topic;
import dev.dailies.contracts.WorkspaceId;
import dev.dailies.contracts.event.AccessKey;
import dev.dailies.contracts.event.AccessMember;
import dev.dailies.contracts.event.Actor;
import dev.dailies.contracts.event.ActorKind;
import dev.dailies.contracts.event.Workspace;
import dev.dailies.prompt.Crew;
import dev.dailies.prompt.Stage;
import dev.dailies.prompt.Stage.Answer;
import dev.dailies.prompt.audit.Audit;
import dev.dailies.prompt.audit.AuditEntry;
import dev.dailies.testkit.TestTopics;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import javax.sql.DataSource;
import no.nav.security.mock.oauth2.token.DefaultOAuth2TokenCallback;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Keys, members and workspaces over HTTP: what they open, for how long, and what is told of it. */
class AccessApiTest {
  private static final Duration AT_MOST = Duration.ofSeconds(2);
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final Stage stage = Stage.shared();

  private static Answer key(String by, Map<String, Object> body) {
    return stage.call("POST", by, "/api/keys", body);
  }

  private static Answer key(String by, String... roles) {
    return key(by, Map.of("name", "a key", "roles", List.of(roles)));
  }

  /** A workspace of its own, and its first owner. */
  private static String freshOwner() {
    Answer opened = stage.post("/api/workspaces", Map.of("name", "w-" + UUID.randomUUID()));
    assertThat(opened.status()).as(opened.raw().body()).isEqualTo(201);
    return opened.text("/owner_key/secret");
  }

  private static int status(String key) {
    return stage.get(key, "/v1/models").status();
  }

  private static <T extends SpecificRecord> List<T> told(String key, Class<T> type) {
    return TestTopics.shared().read(Topic.ACCESS.topicName()).stream()
        .filter(record -> key.equals(record.key()))
        .map(Crew::decode)
        .map(type::cast)
        .toList();
  }

  private static String code(Answer answer) {
    return answer.status() + " " + answer.text("/code");
  }

  @Test
  void aSecretIsShownOnceAndKeptAsADigest() {
    Answer made = key(Stage.OWNER, "producer", "reviewer");
    assertThat(made.status()).isEqualTo(201);
    String secret = made.text("/secret");
    assertThat(secret).matches("dk_[0-9A-Za-z]{8}_[0-9A-Za-z]{43}");
    assertThat(made.text("/prefix")).isEqualTo(secret.substring(0, 11));
    String id = made.text("/id");

    Answer shown = stage.get("/api/keys/" + id);
    assertThat(shown.raw().body()).doesNotContain(secret).contains("\"reviewer\"", "a key");
    assertThat(stage.get("/api/keys?limit=200").raw().body()).contains(id).doesNotContain(secret);
    String rows =
        stage.jdbc().sql("select k::text from access_key k").query(String.class).list()
            + stage
                .jdbc()
                .sql("select a::text from audit_entry a")
                .query(String.class)
                .list()
                .toString();
    assertThat(rows).contains(Sha256.hex(secret)).doesNotContain(secret);

    assertThat(shown.body().has("last_used_at")).isFalse();
    assertThat(status(secret)).isEqualTo(200);
    stage.bean(LastUsed.class).write();
    assertThat(Instant.parse(stage.get("/api/keys/" + id).text("/last_used_at")))
        .isAfter(Instant.now().minusSeconds(60));
  }

  @Test
  void aRotatedKeyHasItsOldSecretForTheGraceAndARevokedOneNone() {
    Answer made = key(Stage.OWNER, "producer");
    String id = made.text("/id");
    String first = made.text("/secret");
    Answer gentle = stage.post("/api/keys/" + id + "/rotate", Map.of("grace_seconds", 3600));
    String second = gentle.text("/secret");
    assertThat(List.of(status(first), status(second))).containsExactly(200, 200);
    assertThat(Instant.parse(gentle.text("/old_secret_until")))
        .isBetween(Instant.now().plusSeconds(3000), Instant.now().plusSeconds(3600));

    String third = stage.post("/api/keys/" + id + "/rotate", "").text("/secret");
    await().atMost(AT_MOST).until(() -> status(first) == 401 && status(second) == 401);
    assertThat(status(third)).isEqualTo(200);

    Answer revoked = stage.call("DELETE", Stage.OWNER, "/api/keys/" + id, "");
    assertThat(revoked.text("/revoked_at")).isNotEmpty();
    await().atMost(AT_MOST).until(() -> status(third) == 401);
    assertThat(stage.call("DELETE", Stage.OWNER, "/api/keys/" + id, "").body())
        .isEqualTo(revoked.body());
    assertThat(code(stage.post("/api/keys/" + id + "/rotate", ""))).isEqualTo("409 conflict");

    await().untilAsserted(() -> assertThat(told(id, AccessKey.class)).hasSize(4));
    List<AccessKey> words = told(id, AccessKey.class);
    assertThat(words).extracting(AccessKey::getVersion).containsExactly(1L, 2L, 3L, 4L);
    assertThat(words.get(1).getPreviousSecretSha256()).contains(Sha256.hex(first));
    assertThat(words.get(2).getPreviousSecretSha256()).isEmpty();
    assertThat(words.get(3).getRevokedAt()).isPresent();
  }

  @Test
  void aKeyMayBeNarrowedAndMayEnd() throws Exception {
    Answer reader =
        key(
            Stage.OWNER,
            Map.of("name", "reads", "roles", List.of("producer"), "scopes", List.of("read")));
    assertThat(status(reader.text("/secret"))).isEqualTo(200);
    Answer refused =
        stage.call("POST", reader.text("/secret"), "/v1/videos", Map.of("prompt", "A heron"));
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.text("/error/code")).isEqualTo("forbidden");

    Instant soon = Instant.now().plusMillis(1500);
    String brief =
        key(
                Stage.OWNER,
                Map.of(
                    "name", "brief", "roles", List.of("producer"), "expires_at", soon.toString()))
            .text("/secret");
    assertThat(status(brief)).isEqualTo(200);
    await().atMost(Duration.ofSeconds(4)).until(() -> status(brief) == 401);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"roles\": [\"owner\"]}",
        "{\"name\": \"x\"}",
        "{\"name\": \"x\", \"roles\": []}",
        "{\"name\": \"x\", \"roles\": [\"boss\"]}",
        "{\"name\": \"x\", \"roles\": \"owner\"}",
        "{\"name\": \"x\", \"roles\": [[]]}",
        "{\"name\": \"a\\u0000b\", \"roles\": [\"owner\"]}",
        "{\"name\": \"x\", \"roles\": [\"owner\"], \"scope\": [\"read\"]}",
        "{\"name\": \"x\", \"roles\": [\"owner\"], \"scopes\": [\"project:1\"]}",
        "{\"name\": \"x\", \"roles\": [\"owner\"], \"expires_at\": \"2020-01-01T00:00:00Z\"}",
        "{\"name\": \"x\", \"roles\": [\"owner\"], \"expires_at\": \"+999999999-01-01T00:00:00Z\"}",
        "{\"name\": \"x\", \"roles\": [\"owner\"], \"expires_at\": 7}",
        "[]",
        "{\"name\": "
      })
  void aWishThatIsNotUnderstoodMakesNothing(String body) {
    int before = keys();
    Answer refused = stage.post("/api/keys", body);
    assertThat(refused.status()).as(refused.raw().body()).isEqualTo(400);
    assertThat(refused.text("/code")).startsWith("invalid_");
    assertThat(keys()).isEqualTo(before);
  }

  private static int keys() {
    return stage.jdbc().sql("select count(*) from access_key").query(Integer.class).single();
  }

  @Test
  void theLastOwnerStaysEvenIfTwoRemoveEachOtherAtOnce() throws Exception {
    String first = freshOwner();
    String firstId = stage.get(first, "/api/workspace").text("/caller/subject");
    assertThat(code(stage.call("DELETE", first, "/api/keys/" + firstId, "")))
        .isEqualTo("409 last_owner");
    key(
        first,
        Map.of(
            "name",
            "passing",
            "roles",
            List.of("owner"),
            "expires_at",
            Instant.now().plusSeconds(600).toString()));
    key(first, Map.of("name", "reads", "roles", List.of("owner"), "scopes", List.of("read")));
    assertThat(code(stage.call("DELETE", first, "/api/keys/" + firstId, "")))
        .isEqualTo("409 last_owner");

    Answer second = key(first, "owner");
    try (ExecutorService two = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<Integer> one =
          () -> stage.call("DELETE", first, "/api/keys/" + second.text("/id"), "").status();
      Callable<Integer> other =
          () -> stage.call("DELETE", second.text("/secret"), "/api/keys/" + firstId, "").status();
      List<Integer> ends = new ArrayList<>();
      for (Future<Integer> end : two.invokeAll(List.of(one, other))) {
        ends.add(end.get());
      }
      // The slower one is refused as the last, or finds its own key gone already.
      assertThat(ends).contains(200).containsAnyOf(409, 401);
    }
  }

  @Test
  void aConfiguredKeyIsChangedByConfigurationOnly() {
    String id = stage.get("/api/workspace").text("/caller/subject");
    assertThat(code(stage.call("DELETE", Stage.OWNER, "/api/keys/" + id, "")))
        .isEqualTo("409 conflict");
    assertThat(code(stage.post("/api/keys/" + id + "/rotate", ""))).isEqualTo("409 conflict");
    assertThat(status(Stage.OWNER)).isEqualTo(200);
  }

  @Test
  void aWorkspaceIsOpenedByTheInstallationsOperatorsAndNamedByItsOwners() {
    String name = "w-" + UUID.randomUUID();
    assertThat(code(stage.call("POST", Stage.STRANGER, "/api/workspaces", Map.of("name", name))))
        .isEqualTo("403 forbidden");
    String operator = key(Stage.OWNER, "operator").text("/secret");
    Answer opened =
        stage.call("POST", operator, "/api/workspaces", Map.of("name", name, "title", "Acme"));
    assertThat(opened.status()).as(opened.raw().body()).isEqualTo(201);
    for (String taken : List.of(name, "system")) {
      assertThat(code(stage.post("/api/workspaces", Map.of("name", taken))))
          .isEqualTo("409 conflict");
    }
    assertThat(code(stage.post("/api/workspaces", Map.of("name", "A/b"))))
        .isEqualTo("400 invalid_request");

    String owner = opened.text("/owner_key/secret");
    assertThat(
            stage
                .call("PATCH", owner, "/api/workspace", Map.of("title", "Acme Film"))
                .text("/title"))
        .isEqualTo("Acme Film");
    Answer seen = stage.get(owner, "/api/workspace");
    assertThat(seen.text("/name")).isEqualTo(name);
    assertThat(seen.text("/caller/roles/0")).isEqualTo("owner");
    await().untilAsserted(() -> assertThat(told(name, Workspace.class)).hasSize(2));
    assertThat(told(name, Workspace.class).getLast().getTitle()).isEqualTo("Acme Film");
  }

  @Test
  void aClosedWorkspaceLetsNobodyInUntilItIsOpenedAgain() {
    String owner = freshOwner();
    String name = stage.get(owner, "/api/workspace").text("/name");
    String path = "/api/workspaces/" + name;
    String subject = "sub-" + UUID.randomUUID();
    stage.call(
        "POST", owner, "/api/members", Map.of("subject", subject, "roles", List.of("owner")));
    String person = token(subject, Map.of());
    await().until(() -> status(person) == 200);
    for (String unasked : List.of(path, path + "/close", path + "/reopen", "/api/workspaces")) {
      String method = unasked.endsWith("e") || unasked.endsWith("n") ? "POST" : "GET";
      assertThat(code(stage.call(method, owner, unasked, ""))).isEqualTo("403 forbidden");
      assertThat(code(stage.call(method, Stage.STRANGER, unasked, ""))).isEqualTo("403 forbidden");
    }
    try (HttpClient http = HttpClient.newHttpClient()) {
      CompletableFuture<HttpResponse<String>> stream =
          http.sendAsync(
              stage.request(owner, "/api/events").build(), HttpResponse.BodyHandlers.ofString());
      assertThat(stage.post(path + "/close", "").body().at("/active").asBoolean()).isFalse();
      await().atMost(AT_MOST).until(() -> status(owner) == 401 && status(person) == 403);
      await().atMost(AT_MOST).until(stream::isDone);
    }
    assertThat(stage.post(path + "/close", "").body().at("/active").asBoolean()).isFalse();
    assertThat(code(stage.post("/api/workspaces/local/close", ""))).isEqualTo("409 conflict");
    assertThat(code(stage.post("/api/workspaces/w-nowhere/close", ""))).isEqualTo("404 not_found");
    assertThat(stage.get(path).body().at("/active").asBoolean()).isFalse();
    String page = stage.get("/api/workspaces?limit=1&after=" + name.substring(0, 37)).raw().body();
    assertThat(page).contains(name);

    stage.post(path + "/reopen", "");
    await().atMost(AT_MOST).until(() -> status(owner) == 200 && status(person) == 200);
    assertThat(
            stage
                .get(owner, "/api/audit?target=" + name)
                .body()
                .at("/data")
                .valueStream()
                .map(line -> line.at("/action").asString()))
        .containsExactly("workspace.reopened", "workspace.closed", "workspace.opened");
    await()
        .untilAsserted(() ->
            assertThat(told(name, Workspace.class))
                .extracting(Workspace::getActive)
                .containsExactly(true, false, true));
  }

  @Test
  void whoLeavesTakesTheKeysAlongThatItMadeIfThatIsAsked() {
    String owner = freshOwner();
    String subject = "sub-" + UUID.randomUUID();
    String id =
        stage
            .call(
                "POST",
                owner,
                "/api/members",
                Map.of("subject", subject, "roles", List.of("owner")))
            .text("/id");
    String person = token(subject, Map.of());
    await().until(() -> status(person) == 200);
    Answer made = key(person, "owner");
    Answer other = key(owner, "producer");
    assertThat(stage.get(owner, "/api/keys?created_by=" + id).raw().body())
        .contains(made.text("/id"))
        .doesNotContain(other.text("/id"));
    String first = stage.get(owner, "/api/workspace").text("/caller/subject");
    String path = "/api/members/" + id;
    stage.call("DELETE", made.text("/secret"), "/api/keys/" + first, "");
    assertThat(code(stage.call("DELETE", made.text("/secret"), path + "?revoke_keys=true", "")))
        .isEqualTo("409 last_owner");
    assertThat(code(stage.call("DELETE", made.text("/secret"), path + "?revoke_keys=maybe", "")))
        .isEqualTo("400 invalid_request");

    String another = key(made.text("/secret"), "owner").text("/secret");
    stage.call("DELETE", another, path, "");
    await().atMost(AT_MOST).until(() -> status(person) == 403);
    assertThat(status(made.text("/secret"))).isEqualTo(200);
    stage.call("DELETE", another, path + "?revoke_keys=true", "");
    await().atMost(AT_MOST).until(() -> status(made.text("/secret")) == 401);
    assertThat(List.of(status(another), status(other.text("/secret")))).containsExactly(200, 200);
    assertThat(
            stage
                .get(another, "/api/audit?action=key.revoked&target=" + made.text("/id"))
                .body()
                .at("/data"))
        .hasSize(1);
  }

  @Test
  void aForeignGenerationIsNotEvenWaitedFor() throws Exception {
    String id = stage.accepted("animatic-1", Map.of());
    try (Connection busy = stage.bean(DataSource.class).getConnection();
        PreparedStatement lock =
            busy.prepareStatement("select id from generation where id = ? for update")) {
      busy.setAutoCommit(false);
      lock.setString(1, id);
      lock.executeQuery();
      Instant began = Instant.now();
      String path = "/api/generations/" + id;
      for (String answer :
          List.of(
              code(stage.call("POST", Stage.STRANGER, path + "/cancel", "")),
              code(stage.call("DELETE", Stage.STRANGER, path, "")))) {
        assertThat(answer).isEqualTo("404 not_found");
      }
      assertThat(Duration.between(began, Instant.now())).isLessThan(Duration.ofSeconds(10));
      busy.rollback();
      busy.setAutoCommit(true);
    }
  }

  private static String token(String subject, Map<String, Object> claims) {
    return Stage.ISSUER
        .issueToken(
            "studio",
            "console",
            new DefaultOAuth2TokenCallback(
                "studio", subject, "JWT", List.of("dailies"), claims, 300))
        .serialize();
  }

  @Test
  void aPersonComesInByATokenWhileAMember() {
    String owner = freshOwner();
    String workspace = stage.get(owner, "/api/workspace").text("/name");
    String subject = "sub-" + UUID.randomUUID();
    String email = "Ann." + UUID.randomUUID() + "@studio.example";
    String ann = token(subject, Map.of());
    assertThat(code(stage.get(ann, "/api/workspace"))).isEqualTo("403 not_a_member");

    Map<String, Object> invitation =
        new HashMap<>(
            Map.of(
                "subject", subject, "email", email, "name", "Ann", "roles", List.of("reviewer")));
    Answer invited = stage.call("POST", owner, "/api/members", invitation);
    assertThat(invited.status()).as(invited.raw().body()).isEqualTo(201);
    String id = invited.text("/id");
    await().atMost(AT_MOST).until(() -> stage.get(ann, "/api/workspace").status() == 200);
    JsonNode caller = stage.get(ann, "/api/workspace").body().at("/caller");
    assertThat(caller.at("/kind").asString()).isEqualTo("person");
    assertThat(caller.at("/subject").asString()).isEqualTo(id);
    String byAddress =
        token("another", Map.of("email", email.toLowerCase(Locale.ROOT), "email_verified", true));
    assertThat(stage.get(byAddress, "/api/workspace").text("/caller/subject")).isEqualTo(id);
    invitation.remove("subject");
    assertThat(code(stage.call("POST", owner, "/api/members", invitation)))
        .isEqualTo("409 conflict");

    String path = "/api/members/" + id;
    stage.call("PATCH", owner, path, Map.of("roles", List.of("owner")));
    await().atMost(AT_MOST).until(() -> stage.get(ann, "/api/keys").status() == 200);
    String first = stage.get(owner, "/api/workspace").text("/caller/subject");
    assertThat(stage.call("DELETE", ann, "/api/keys/" + first, "").status()).isEqualTo(200);
    assertThat(code(stage.call("DELETE", ann, path, ""))).isEqualTo("409 last_owner");
    assertThat(code(stage.call("PATCH", ann, path, Map.of("roles", List.of("producer")))))
        .isEqualTo("409 last_owner");

    key(ann, "owner");
    assertThat(stage.call("DELETE", ann, path, "").body().at("/active").asBoolean()).isFalse();
    await().atMost(AT_MOST).until(() -> stage.get(ann, "/api/workspace").status() == 403);
    await().untilAsserted(() -> assertThat(told(id, AccessMember.class)).hasSize(3));
    AccessMember last = told(id, AccessMember.class).getLast();
    assertThat(last.getActive()).isFalse();
    assertThat(last.getWorkspace()).isEqualTo(workspace);
    assertThat(last.toString()).doesNotContain(email, subject, "Ann");
  }

  @Test
  void everyChangeIsInTheAuditForItsOwnersAlone() {
    String owner = freshOwner();
    String actor = stage.get(owner, "/api/workspace").text("/caller/subject");
    String id = key(owner, "producer").text("/id");
    stage.call("POST", owner, "/api/keys/" + id + "/rotate", "");
    stage.call(
        "DELETE",
        owner,
        "/api/keys/" + id,
        "",
        "traceparent",
        "00-" + TRACE + "-00f067aa0ba902b7-01");

    JsonNode all = stage.get(owner, "/api/audit").body().at("/data");
    assertThat(all.valueStream().map(line -> line.at("/action").asString()))
        .containsExactly(
            "key.revoked", "key.rotated", "key.created", "key.created", "workspace.opened");
    JsonNode page = stage.get(owner, "/api/audit?target=" + id + "&limit=2").body();
    assertThat(page.at("/data")).hasSize(2);
    assertThat(page.at("/data/0/actor/subject").asString()).isEqualTo(actor);
    assertThat(owner).startsWith(page.at("/data/0/actor/key_prefix").asString("none"));
    assertThat(page.at("/data/0/trace_id").asString()).isEqualTo(TRACE);
    JsonNode rest =
        stage
            .get(owner, "/api/audit?limit=2&target=" + id + "&after=" + page.at("/next").asString())
            .body();
    assertThat(rest.at("/data/0/action").asString()).isEqualTo("key.created");
    assertThat(rest.at("/data/0/after/roles/0").asString()).isEqualTo("producer");
    assertThat(rest.at("/next").isNull() || rest.at("/next").isMissingNode()).isTrue();
    String now = Instant.now().plusSeconds(60).toString();
    assertThat(stage.get(owner, "/api/audit?since=" + now).body().at("/data")).isEmpty();
    assertThat(stage.get(owner, "/api/audit?action=key.created&until=" + now).body().at("/data"))
        .hasSize(2);
    assertThat(code(stage.get(owner, "/api/audit?since=soon"))).isEqualTo("400 invalid_request");
    assertThat(stage.get(Stage.STRANGER, "/api/audit?target=" + id).body().at("/data")).isEmpty();

    String video = stage.accepted("animatic-1", Map.of("prompt", "an unheard-of capybara"));
    stage.post("/api/generations/" + video + "/cancel", "");
    Answer cancelled = stage.get("/api/audit?action=generation.cancelled&target=" + video);
    assertThat(cancelled.text("/data/0/before/state")).isEqualTo("waiting");
    assertThat(cancelled.raw().body()).doesNotContain("capybara");
  }

  @Test
  void anAuditEntryIsWrittenWithItsChangeAndNeverChanged() {
    AuditEntry entry =
        new AuditEntry(
            new WorkspaceId("local"),
            new Actor(ActorKind.COMPONENT, "test"),
            "test.done",
            "nothing",
            Map.of(),
            Map.of());
    assertThatThrownBy(() -> stage.bean(Audit.class).record(entry))
        .isInstanceOf(IllegalStateException.class);
    Stream.of("update audit_entry set actor = 'nobody'", "delete from audit_entry")
        .forEach(sql ->
            assertThatThrownBy(() -> stage.jdbc().sql(sql).update())
                .hasMessageContaining("append-only"));
  }
}
