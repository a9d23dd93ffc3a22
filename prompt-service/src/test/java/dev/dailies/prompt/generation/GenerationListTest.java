package dev.dailies.prompt.generation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dailies.contracts.BriefId;
import dev.dailies.contracts.GenerationId;
import dev.dailies.contracts.ProjectId;
import dev.dailies.contracts.ShotId;
import dev.dailies.contracts.WorkspaceId;
import dev.dailies.prompt.Stage;
import dev.dailies.prompt.Stage.Answer;
import dev.dailies.prompt.library.ListQuery;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The list of generations: its filters, its pages, and that each filter has its index. */
class GenerationListTest {
  private static final Stage stage = Stage.shared();
  private static final int CROWD = Integer.getInteger("dailies.crowd", 20_000);

  private static List<String> ids(Answer answer) {
    assertThat(answer.status()).as(answer.raw().body()).isEqualTo(200);
    return answer.body().at("/data").valueStream().map(g -> g.at("/id").asString()).toList();
  }

  @Test
  void eachFilterShowsWhatItSays() {
    String word = "quokka" + UUID.randomUUID().toString().replace("-", "");
    String project = stage.post("/api/projects", Map.of("title", word)).text("/id");
    String brief = stage.post("/api/briefs", Map.of("title", word, "project", project)).text("/id");
    String one =
        stage.accepted(
            "animatic-1",
            Map.of(
                "prompt",
                "A " + word + " at dawn",
                "brief",
                brief,
                "dimensions",
                Map.of("locale", "de-DE", "format", "9:16")));
    String other =
        stage.accepted(
            "animatic-1", Map.of("project", project, "dimensions", Map.of("locale", "fr-FR")));
    String shot = stage.generation(one).at("/shot").asString();

    String in = "/api/generations?project=" + project;
    assertThat(ids(stage.get(in))).containsExactly(other, one);
    assertThat(ids(stage.get(in + "&order=asc"))).containsExactly(one, other);
    assertThat(ids(stage.get("/api/generations?brief=" + brief))).containsExactly(one);
    assertThat(ids(stage.get("/api/generations?shot=" + shot))).containsExactly(one);
    assertThat(ids(stage.get(in + "&dimension=locale:de-DE&dimension=format:9:16")))
        .containsExactly(one);
    assertThat(ids(stage.get(in + "&dimension=locale:de-DE&dimension=format:1:1"))).isEmpty();
    assertThat(ids(stage.get("/api/generations?text=DAWN+" + word))).containsExactly(one);
    assertThat(ids(stage.get("/api/generations?text=dusk+" + word))).isEmpty();
    assertThat(ids(stage.get(in + "&state=waiting&state=completed"))).hasSize(2);
    assertThat(ids(stage.get(in + "&state=completed"))).isEmpty();
    assertThat(ids(stage.get(in + "&model=animatic-1"))).hasSize(2);
    assertThat(ids(stage.get(in + "&model=none"))).isEmpty();
    assertThat(ids(stage.get("/api/generations?parent=" + one))).isEmpty();
    Answer remix = stage.post("/v1/videos/" + one + "/remix", Map.of("prompt", "By night"));
    assertThat(ids(stage.get("/api/generations?parent=" + one))).containsExactly(remix.text("/id"));
    assertThat(ids(stage.get(in + "&parent=" + one))).isEmpty();
    assertThat(ids(stage.get(in + "&accepted_after=2026-01-01T00:00:00Z"))).hasSize(2);
    assertThat(ids(stage.get(in + "&accepted_before=2026-01-01T00:00:00%2B02:00"))).isEmpty();
    assertThat(ids(stage.get(Stage.STRANGER, in))).isEmpty();
    Answer shown = stage.get(in);
    assertThat(shown.text("/data/1/prompt")).contains(word);
    assertThat(shown.text("/data/1/dimensions/locale")).isEqualTo("de-DE");

    // Erasing the words takes them out of the search too.
    stage.jdbc().sql("update generation set words = null where id = ?").param(one).update();
    assertThat(ids(stage.get("/api/generations?text=" + word))).isEmpty();
    assertThat(
            stage
                .jdbc()
                .sql("select count(*) from generation_search where words::text like ?")
                .param("%" + word + "%")
                .query(Long.class)
                .single())
        .isZero();
  }

  @Test
  void aGroupIsCancelledWithAllThatIsInIt() {
    String project =
        stage.post("/api/projects", Map.of("title", UUID.randomUUID().toString())).text("/id");
    String brief = stage.post("/api/briefs", Map.of("title", "x", "project", project)).text("/id");
    String shot = stage.post("/api/shots", Map.of("brief", brief)).text("/id");
    for (Map<String, Object> place :
        List.<Map<String, Object>>of(
            Map.of("shot", shot),
            Map.of("shot", shot),
            Map.of("brief", brief),
            Map.of("project", project))) {
      stage.accepted("animatic-1", place);
    }
    assertThat(tally("/api/shots/" + shot)).isEqualTo("2 0 0");
    assertThat(tally("/api/briefs/" + brief)).isEqualTo("1 0 2");
    assertThat(tally("/api/projects/" + project)).isEqualTo("1 0 3");
    assertThat(tally("/api/projects/" + project)).isEqualTo("0 0 4");
    assertThat(stage.post("/api/projects/" + ProjectId.mint() + "/cancel", "").status())
        .isEqualTo(404);
  }

  private static String tally(String path) {
    Answer answer = stage.post(path + "/cancel", "");
    assertThat(answer.status()).as(answer.raw().body()).isEqualTo(200);
    return answer.body().at("/cancelled").asInt()
        + " "
        + answer.body().at("/cancelling").asInt()
        + " "
        + answer.body().at("/already_ended").asInt();
  }

  @Test
  void refusesWhatItDoesNotKnow() {
    for (String bad :
        List.of(
            "stat=waiting",
            "state=asleep",
            "state=",
            "project=prj_1",
            "parent=video_1",
            "dimension=locale",
            "accepted_after=soon",
            "accepted_after=+300000-01-01T00:00:00Z",
            "model=a&model=b",
            "limit=201",
            "limit=0",
            "order=up",
            "after=x",
            "after=" + ListQuery.cursor("now", GenerationId.mint().value()),
            "text=" + "x".repeat(501),
            "text=%00")) {
      Answer answer = stage.get("/api/generations?" + bad);
      assertThat(answer.status()).as(bad).isEqualTo(400);
      assertThat(answer.text("/code")).as(bad).isEqualTo("invalid_request");
    }
  }

  @Test
  void pagesStayWhereTheyAreWhileOthersComeIn() {
    String project =
        stage.post("/api/projects", Map.of("title", UUID.randomUUID().toString())).text("/id");
    List<String> made = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      made.addFirst(stage.accepted("animatic-1", Map.of("project", project)));
    }
    List<String> seen = new ArrayList<>();
    String after = "";
    while (true) {
      Answer page = stage.get("/api/generations?limit=2&project=" + project + after);
      seen.addAll(ids(page));
      stage.accepted("animatic-1", Map.of("project", project));
      if (!page.body().at("/has_more").booleanValue()) {
        break;
      }
      after = "&after=" + page.text("/next_cursor");
    }
    assertThat(seen).containsExactlyElementsOf(made);
  }

  @Test
  void eachFilterHasItsIndex() {
    WorkspaceId workspace = new WorkspaceId("crowd");
    String project = ProjectId.mint().value();
    String brief = BriefId.mint().value();
    String shot = ShotId.mint().value();
    try {
      crowd(workspace, project, brief, shot);
      for (String filter :
          List.of(
              "",
              "state=failed",
              "project=" + project,
              "brief=" + brief,
              "shot=" + shot,
              "model=rare",
              "accepted_after=2026-05-01T00:00:00Z&accepted_before=2026-05-02T00:00:00Z",
              "text=needle",
              "dimension=locale:de-DE",
              "parent=" + GenerationId.mint(),
              "project=" + project + "&state=completed&order=asc",
              "state=failed&state=waiting",
              "state=completed&model=rare",
              "state=completed&text=needle",
              "model=rare&text=hay",
              "text=hay",
              "text=hay&order=asc",
              "text=hay+needle",
              "text=needle&project=" + project,
              "text=hay&project=" + project,
              "text=nothing",
              "dimension=locale:de-DE&state=failed",
              "dimension=locale:none",
              "dimension=locale:de-DE&text=needle",
              "state=refused",
              "model=rare&state=refused",
              "project=" + project + "&model=rare&state=failed",
              "shot=" + shot + "&text=needle",
              "state=failed&accepted_before=2026-01-03T00:00:00Z")) {
        String plan = plan(workspace, filter);
        if (CROWD > 20_000) {
          System.out.println("LIST " + filter + " " + plan.substring(plan.indexOf("Execution")));
        }
        assertThat(plan)
            .as(filter)
            .doesNotContain("Seq Scan on generation g", "Seq Scan on generation_search");
      }
    } finally {
      for (String table : List.of("generation", "shot", "brief", "project")) {
        stage.jdbc().sql("delete from " + table + " where workspace = 'crowd'").update();
      }
    }
  }

  private static void crowd(WorkspaceId workspace, String project, String brief, String shot) {
    stage
        .jdbc()
        .sql(
            """
            with p as (insert into project (id, workspace, version, title, created_at, changed_at)
                values (:project, :workspace, 1, 'Crowd', now(), now()) returning id),
              b as (insert into brief (id, workspace, project, version, title, created_at,
                changed_at) select :brief, :workspace, id, 1, 'Crowd', now(), now() from p
                returning id, project)
            insert into shot (id, workspace, version, project, brief, created_at)
            select case when i = 0 then :shot else 'shot_' || lpad(i::text, 26, '0') end,
              :workspace, 1, b.project, b.id, now()
            from generate_series(0, 999) i, b
            """)
        .param("project", project)
        .param("brief", brief)
        .param("shot", shot)
        .param("workspace", workspace.value())
        .update();
    stage
        .jdbc()
        .sql(
            """
            insert into generation (id, workspace, shot, pool, model, state, held, form, words,
              accepted_at, project, brief, dimensions)
            select 'video_' || lpad(i::text, 26, '0'), :workspace,
              case when i % 1000 = 0 then :shot else 'shot_' || lpad((i % 1000)::text, 26, '0') end,
              'nowhere', case when i % 500 = 0 then 'rare' else 'common' end,
              case when i % 200 = 0 then 'FAILED' else 'COMPLETED' end, false, '{}',
              jsonb_build_object('prompt', case when i % 777 = 0 then 'needle' else 'hay' end),
              '2026-01-01'::timestamptz + i * interval '10 minutes',
              case when i % 300 = 0 then :project end, case when i % 300 = 0 then :brief end,
              case when i % 400 = 0 then '{"locale": "de-DE"}' else '{}' end::jsonb
            from generate_series(1, :crowd) i
            """)
        .param("workspace", workspace.value())
        .param("shot", shot)
        .param("project", project)
        .param("brief", brief)
        .param("crowd", CROWD)
        .update();
    stage.jdbc().sql("analyze generation, generation_search").update();
  }

  private static String plan(WorkspaceId workspace, String filter) {
    Map<String, String[]> given =
        Arrays.stream(filter.split("&"))
            .filter(pair -> !pair.isEmpty())
            .map(pair -> pair.split("=", 2))
            .collect(
                Collectors.toMap(
                    pair -> pair[0],
                    pair -> new String[] {pair[1].replace('+', ' ')},
                    (one, other) ->
                        Stream.of(one, other).flatMap(Stream::of).toArray(String[]::new)));
    var statement =
        JdbcGenerationLists.statement(
            workspace,
            GenerationQuery.of(ListQuery.of(given, GenerationQuery.FILTERS)),
            new SpecificationJson());
    return String.join(
        "\n",
        stage
            .jdbc()
            .sql("explain analyze " + statement.sql())
            .params(statement.params())
            .query(String.class)
            .list());
  }
}
