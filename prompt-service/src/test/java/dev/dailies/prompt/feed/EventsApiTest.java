package dev.dailies.prompt.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dailies.contracts.GenerationId;
import dev.dailies.contracts.Sha256;
import dev.dailies.contracts.WorkspaceId;
import dev.dailies.contracts.event.ModerationOutcome;
import dev.dailies.contracts.event.RenderJob;
import dev.dailies.prompt.Crew;
import dev.dailies.prompt.Stage;
import dev.dailies.prompt.feed.EventClient.Told;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.BufferedInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What a watcher is told, from where it can resume, and how its stream ends. */
class EventsApiTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final Stage stage = Stage.shared();
  private static final GenerationId WRITTEN = GenerationId.mint();
  private static final GenerationId LATE = GenerationId.mint();

  private static EventClient watch(String key, String path, long after) throws Exception {
    return EventClient.open(
        stage, key, path, after < 0 ? OptionalLong.empty() : OptionalLong.of(after));
  }

  @Test
  void aGenerationsWatcherIsToldItsWholeLifeOnceAndWithoutTheLateAndTheRepeated() throws Exception {
    Crew crew = new Crew("twice");
    crew.beat(10);
    String notBefore = Instant.now().plusMillis(300).toString();
    String id =
        stage.accepted("m-twice", Map.of("not_before", notBefore, "prompt", "A secret heron"));
    List<Told> told = new ArrayList<>();
    try (EventClient watcher = watch(Stage.REVIEWER, "/api/generations/" + id + "/events", -1)) {
      RenderJob job = crew.job(id, 1);
      crew.send(crew.claimed(job));
      Crew.Made submitted = crew.submitted(job);
      crew.send(submitted, crew.progressed(job, 1), crew.progressed(job, 40));
      crew.send(crew.progressed(job, 41), submitted, crew.completed(job));
      await().atMost(SOON).until(() -> stage.state(id).equals("rendered"));
      crew.send(crew.ready(job));
      await().atMost(SOON).until(() -> stage.state(id).equals("completed"));
      Crew.Made held = crew.moderated(job, ModerationOutcome.HOLD, 1);
      crew.send(crew.moderated(job, ModerationOutcome.CLEAR, 2));
      crew.send(held);
      await()
          .atMost(SOON)
          .until(() -> stage.generation(id).at("/facts/moderation").asString("").equals("clear"));
      crew.send(crew.viewable(job));
      await().atMost(SOON).until(() -> stage.generation(id).at("/facts/viewable").asBoolean(false));
      Crew.Made selected = crew.selected(job);
      crew.send(selected, selected);
      do {
        told.add(watcher.next().orElseThrow());
      } while (!told.getLast().type().equals("selection_decided"));
    }
    assertThat(told.stream().map(Told::type))
        .containsExactly(
            "generation_accepted",
            "generation_hold_lifted",
            "generation_released",
            "render_claimed",
            "render_submitted",
            "render_progressed",
            "render_completed",
            "asset_ready",
            "generation_completed",
            "moderation_decided",
            "asset_viewable",
            "selection_decided");
    assertThat(told.stream().map(Told::id)).isSorted().doesNotHaveDuplicates();
    assertThat(told.toString()).doesNotContain("heron");
    JsonNode audited =
        stage.get("/api/audit?target=" + Crew.asset(crew.job(id, 1))).body().at("/data");
    assertThat(audited).hasSize(1);
    assertThat(audited.at("/0/action").asString()).isEqualTo("take.selected");
    assertThat(audited.at("/0/actor/subject").asString()).isEqualTo("a reviewer");
    JsonNode completed = told.get(8).data();
    assertThat(completed.at("/state").asString()).isEqualTo("completed");
    assertThat(completed.at("/generation").asString()).isEqualTo(id);
    assertThat(completed.at("/asset").asString()).isEqualTo(Crew.asset(crew.job(id, 1)));
    assertThat(told.get(3).data().at("/state").asString()).isEqualTo("running");

    // By state: what led to that state, and what came in it. Resumed by the address, too.
    String path = "/api/events?state=running,rendered&after=" + (told.getFirst().id() - 1);
    try (EventClient watcher = watch(Stage.OWNER, path, -1)) {
      assertThat(watcher.next().orElseThrow()).isEqualTo(told.get(3));
      assertThat(watcher.next().orElseThrow()).isEqualTo(told.get(4));
    }
    // By type: the ids keep their gaps, and so the client its place.
    path = "/api/events?type=asset_ready,asset_viewable&after=" + (told.getFirst().id() - 1);
    try (EventClient watcher = watch(Stage.OWNER, path, -1)) {
      assertThat(watcher.next().orElseThrow()).isEqualTo(told.get(7));
      assertThat(watcher.next().orElseThrow()).isEqualTo(told.get(10));
    }
  }

  @Test
  void whatCannotBeWatchedIsRefusedBeforeTheStreamBegins() {
    String id = stage.accepted("m-models", Map.of());
    Stage.Answer foreign = stage.get(Stage.STRANGER, "/api/generations/" + id + "/events");
    Stage.Answer unknown = stage.get("/api/generations/video_nothing/events");
    assertThat(foreign.status()).isEqualTo(404);
    assertThat(foreign.body()).isEqualTo(unknown.body());
    for (String wrong :
        List.of("?after=x", "?after=-1", "?state=done", "?type=told", "?after=1%00")) {
      Stage.Answer answer = stage.get("/api/events" + wrong);
      assertThat(answer.status()).as(wrong).isEqualTo(400);
      assertThat(answer.text("/code")).isEqualTo("invalid_request");
      assertThat(answer.text("/param")).isNotEmpty();
    }
    assertThat(
            stage
                .send(
                    stage
                        .request(Stage.OWNER, "/api/events?after=x")
                        .header("Accept", "text/event-stream")
                        .build())
                .text("/code"))
        .isEqualTo("invalid_request");
    assertThat(stage.get("nobody", "/api/events").status()).isEqualTo(401);
    Stage.Answer head = stage.send(stage.request(Stage.OWNER, "/api/events").HEAD().build());
    assertThat(head.header("Content-Type")).startsWith("text/event-stream");
  }

  @Test
  void aRevokedKeyEndsItsStreamsWithinTwoSecondsAndNoOthers() throws Exception {
    stage
        .jdbc()
        .sql(
            """
            insert into access_key (id, version, workspace, secret_sha256, roles, configured)
            values ('key_of_a_watcher', 1, 'other', :secret, '{reviewer}', false)
            """)
        .param("secret", Sha256.hex("a-watchers-key"))
        .update();
    try (EventClient revoked = watch("a-watchers-key", "/api/events", -1).opened();
        EventClient stays = watch(Stage.STRANGER, "/api/events", -1).opened()) {
      stage
          .jdbc()
          .sql("update access_key set revoked_at = clock_timestamp() where id = 'key_of_a_watcher'")
          .update();
      Instant then = Instant.now();
      assertThat(revoked.next()).isEmpty();
      assertThat(Duration.between(then, Instant.now())).isLessThan(Duration.ofSeconds(2));
      write("other", 1);
      assertThat(stays.next()).isPresent();
    }
  }

  @Test
  void whatIsCommittedLateIsToldLateAndNotMissed() throws Exception {
    try (EventClient watcher = watch(Stage.STRANGER, "/api/events", -1).opened();
        Connection slow = stage.bean(DataSource.class).getConnection()) {
      long before = watcher.lastId();
      slow.setAutoCommit(false);
      insert(slow, "other", LATE, 1);
      try {
        write("other", 1);
        Told first = watcher.next().orElseThrow();
        assertThat(first.generation()).isEqualTo(WRITTEN.value());
        assertThat(first.id()).isEqualTo(before + 1);
        slow.commit();
        Told second = watcher.next().orElseThrow();
        assertThat(second.generation()).isEqualTo(LATE.value());
        assertThat(second.id()).isEqualTo(before + 2);
      } finally {
        slow.rollback();
        slow.setAutoCommit(true);
      }
    }
  }

  @Test
  void aSlowReaderIsCutOffAndResumesWhereItWas() throws Exception {
    int many = 30_000;
    long first;
    List<Long> told = new ArrayList<>();
    try (Socket socket = new Socket()) {
      socket.setReceiveBufferSize(4 * 1024);
      socket.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), stage.uri("/").getPort()));
      socket.setSoTimeout((int) SOON.toMillis());
      OutputStream out = socket.getOutputStream();
      out.write(
          ("GET /api/events HTTP/1.0\r\nAuthorization: Bearer " + Stage.STRANGER + "\r\n\r\n")
              .getBytes(StandardCharsets.US_ASCII));
      InputStream in = new BufferedInputStream(socket.getInputStream());
      first = idBehind(in);
      double cutOff = cutOffs();
      write("other", many);
      // It is cut off as soon as its buffer is full, but learns it only once it reads again.
      await()
          .atMost(SOON)
          .until(
              () -> stage.bean(FeedLog.class).reach(workspace("other")).newest() >= first + many);
      for (long id = idBehind(in); id > 0; id = idBehind(in)) {
        told.add(id);
      }
      await().atMost(SOON).until(() -> cutOffs() == cutOff + 1);
    }
    assertThat(told).hasSizeLessThan(many);
    long last = told.isEmpty() ? first : told.getLast();
    try (EventClient again = watch(Stage.STRANGER, "/api/events", last)) {
      while (told.size() < many) {
        told.add(again.next().orElseThrow().id());
      }
    }
    assertThat(told).isEqualTo(LongStream.rangeClosed(first + 1, first + many).boxed().toList());

    // What is older than is kept can't be resumed from, and what never was neither.
    stage
        .jdbc()
        .sql(
            """
            update feed_entry set at = at - interval '8 days'
            where workspace = 'other' and place <= :place
            """)
        .param("place", first + 10)
        .update();
    stage.bean(FeedLog.class).expire(Duration.ofDays(7), 200_000);
    for (long lost : List.of(first, first + many + 7)) {
      try (EventClient client = watch(Stage.STRANGER, "/api/events", lost)) {
        Told reset = client.next().orElseThrow();
        assertThat(reset.type()).isEqualTo("reset");
        assertThat(reset.id()).isEqualTo(first + many);
        assertThat(reset.data().at("/oldest").asLong()).isEqualTo(first + 11);
      }
    }
    try (EventClient client = watch(Stage.STRANGER, "/api/events", first + 10)) {
      assertThat(client.next().orElseThrow().id()).isEqualTo(first + 11);
    }
  }

  private static WorkspaceId workspace(String name) {
    return new WorkspaceId(name);
  }

  private static double cutOffs() {
    return stage.bean(MeterRegistry.class).get("dailies.feed.cut.off").counter().count();
  }

  /** The number of the next id line; 0 at the end. */
  private static long idBehind(InputStream in) throws Exception {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c >= 0; c = in.read()) {
      if (c != '\n') {
        line.append((char) c);
      } else if (line.indexOf("id: ") == 0) {
        return Long.parseLong(line.substring(4).strip());
      } else {
        line.setLength(0);
      }
    }
    return 0;
  }

  /** Entries as another process would write them. */
  private static void write(String workspace, int number) throws Exception {
    try (Connection connection = stage.bean(DataSource.class).getConnection()) {
      insert(connection, workspace, WRITTEN, number);
    }
  }

  private static void insert(Connection connection, String workspace, GenerationId id, int number)
      throws Exception {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            insert into feed_pending (workspace, generation, shot, state, type, facts)
            select ?, ?, 'shot_x', 'running', 'render_progressed', '{"progress": 5}'
            from generate_series(1, ?)
            """)) {
      insert.setString(1, workspace);
      insert.setString(2, id.value());
      insert.setInt(3, number);
      insert.executeUpdate();
    }
  }
}
