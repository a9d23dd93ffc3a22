package dev.dailies.review.board;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The board in PostgreSQL. */
final class JdbcBoard implements Board {
  private final JdbcClient jdbc;
  private final JsonMapper json;

  JdbcBoard(JdbcClient jdbc, JsonMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  @Override
  public Optional<ShotBoard> find(String workspace, String shot) {
    return jdbc.sql(
            """
            select s.*, s.version + s.decisions as seen,
                   (select c.asset from selection c where c.shot = s.shot and c.state = 'SELECTED')
                     as selected
            from shot s where s.shot = :shot and s.workspace = :workspace
            """)
        .param("shot", shot)
        .param("workspace", workspace)
        .query((row, n) ->
            new ShotBoard(
                row.getString("shot"),
                row.getLong("seen"),
                text(row, "project"),
                text(row, "brief"),
                text(row, "brief_row"),
                json.readValue(row.getString("dimensions"), new TypeReference<>() {}),
                row.getBoolean("archived"),
                text(row, "selected"),
                variations(shot)))
        .optional();
  }

  /** A generation has one result; of several assets the usable one, else the newest, is shown. */
  private List<ShotBoard.Variation> variations(String shot) {
    return jdbc.sql(
            """
            with wanted as (
              select generation from take where shot = :shot
              union
              select generation from asset where shot = :shot)
            select w.generation, t.variation, t.model, t.seed, t.wording ->> 'prompt' as prompt,
                   t.accepted_at, a.asset, a.technical, a.ready_at, a.viewable, a.viewed_at,
                   a.withheld, m.outcome, m.decision, m.by_person, m.policy_version,
                   m.decided_at as moderated_at, c.state, c.reasons, c.decided_by,
                   c.decided_at as selected_at
            from wanted w
            left join take t on t.generation = w.generation
            left join lateral (
              select * from asset x where x.generation = w.generation
              order by x.technical = 'READY' desc, x.asset desc limit 1) a on true
            left join moderation m on m.asset = a.asset
            left join selection c on c.shot = :shot and c.asset = a.asset
            order by t.accepted_at nulls last, t.variation, w.generation
            """)
        .param("shot", shot)
        .query(this::variation)
        .list();
  }

  private ShotBoard.Variation variation(ResultSet row, int number) throws SQLException {
    return new ShotBoard.Variation(
        row.getString("generation"),
        row.getInt("variation"),
        text(row, "model"),
        Optional.ofNullable(row.getObject("seed", Long.class)),
        text(row, "prompt"),
        time(row, "accepted_at"),
        text(row, "asset"),
        text(row, "technical").orElse(Take.Technical.UNKNOWN.name()).toLowerCase(Locale.ROOT),
        time(row, "ready_at"),
        row.getBoolean("viewable"),
        time(row, "viewed_at"),
        text(row, "withheld"),
        moderation(row),
        selection(row));
  }

  private static ShotBoard.Moderation moderation(ResultSet row) throws SQLException {
    Optional<String> outcome = text(row, "outcome");
    return new ShotBoard.Moderation(
        outcome.map(o -> o.toLowerCase(Locale.ROOT)).orElse("pending"),
        row.getLong("decision"),
        outcome.isEmpty()
            ? Optional.empty()
            : Optional.of(row.getBoolean("by_person") ? "person" : "policy"),
        text(row, "policy_version"),
        time(row, "moderated_at"));
  }

  private ShotBoard.Selection selection(ResultSet row) throws SQLException {
    Optional<String> reasons = text(row, "reasons");
    return new ShotBoard.Selection(
        text(row, "state").map(s -> s.toLowerCase(Locale.ROOT)).orElse("open"),
        reasons.isEmpty()
            ? List.of()
            : json.readValue(reasons.get(), new TypeReference<List<String>>() {}),
        text(row, "decided_by"),
        time(row, "selected_at"));
  }

  @Override
  public Page<ShotLine> list(
      String workspace, Optional<String> project, Optional<String> after, int most) {
    List<ShotLine> found =
        jdbc.sql(
                """
                select s.*, s.version + s.decisions as seen,
                  (select count(*) from take t where t.shot = s.shot) as variations,
                  (select count(*) from asset a where a.shot = s.shot and a.viewable) as viewable,
                  (select count(*) from asset a join moderation m on m.asset = a.asset
                    where a.shot = s.shot and m.outcome = 'HOLD') as held,
                  (select c.asset from selection c where c.shot = s.shot and c.state = 'SELECTED')
                    as selected
                from shot s
                where s.workspace = :workspace
                  and (cast(:project as text) is null or s.project = :project)
                  and (cast(:after as text) is null or s.shot < :after)
                order by s.shot desc
                limit :limit
                """)
            .param("workspace", workspace)
            .param("project", project.orElse(null))
            .param("after", after.orElse(null))
            .param("limit", most + 1)
            .query((row, n) ->
                new ShotLine(
                    row.getString("shot"),
                    text(row, "project"),
                    text(row, "brief"),
                    text(row, "brief_row"),
                    row.getLong("seen"),
                    row.getBoolean("archived"),
                    row.getInt("variations"),
                    row.getInt("viewable"),
                    row.getInt("held"),
                    text(row, "selected")))
            .list();
    boolean more = found.size() > most;
    List<ShotLine> page = more ? found.subList(0, most) : found;
    return new Page<>(page, more ? Optional.of(page.getLast().shot()) : Optional.empty());
  }

  @Override
  public Optional<Take> findTake(String asset) {
    return take("", asset, "");
  }

  @Override
  public Optional<Take> findTake(String workspace, String asset) {
    return take(" and workspace = :workspace", asset, workspace);
  }

  private Optional<Take> take(String condition, String asset, String workspace) {
    return jdbc.sql(
            "select *, nullif(media, '{}') as told from asset where asset = :asset" + condition)
        .param("asset", asset)
        .param("workspace", workspace)
        .query((row, n) ->
            new Take(
                row.getString("asset"),
                row.getString("workspace"),
                row.getString("generation"),
                Take.Technical.valueOf(row.getString("technical")),
                row.getBoolean("viewable"),
                json.readValue(row.getString("objects"), new TypeReference<>() {}),
                json.readValue(row.getString("findings"), new TypeReference<>() {}),
                text(row, "told")
                    .map(media -> json.readValue(media, Take.Media.class))
                    .orElse(Take.Media.UNKNOWN)))
        .optional();
  }

  @Override
  public Optional<Wording> findWording(String generation) {
    return jdbc.sql("select wording from take where generation = :generation")
        .param("generation", generation)
        .query((row, n) -> json.readValue(row.getString("wording"), Wording.class))
        .optional();
  }

  private static Optional<String> text(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getString(column));
  }

  private static Optional<Instant> time(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getTimestamp(column)).map(Timestamp::toInstant);
  }
}
