package dev.dailies.prompt.generation;

import dev.dailies.contracts.GenerationId;
import dev.dailies.contracts.RenderId;
import dev.dailies.contracts.WorkspaceId;
import dev.dailies.prompt.generation.GenerationDetail.Attempt;
import dev.dailies.prompt.generation.GenerationDetail.Estimate;
import dev.dailies.prompt.generation.GenerationDetail.Facts;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads for clients, from PostgreSQL. */
final class JdbcGenerationViews implements GenerationViews {
  private static final String VIDEO =
      """
      select g.id, g.form, g.words ->> 'prompt' as prompt, g.state, g.accepted_at, g.ended_at,
        g.failure_kind, g.failure_retry, g.failure_billing, g.failure_code, g.failure_vendor,
        coalesce(r.progress, 0) as progress,
        exists (select from render c where c.generation = g.id
                and (c.claimed_at is not null or c.state not in ('QUEUED', 'RELEASED')))
          as claimed,
        a.view, a.view_at, a.moderation, a.moderation_at
      from generation g
      left join lateral (select progress from render where generation = g.id
                         order by attempt desc limit 1) r on true
      left join asset_fact a on a.asset = g.asset
      where g.workspace = :workspace and g.erased_at is null
      """;

  private static final int MOST_DERIVED = 100;

  private final JdbcClient jdbc;
  private final SpecificationJson json;
  private final SourceStore sources;

  JdbcGenerationViews(JdbcClient jdbc, SpecificationJson json, SourceStore sources) {
    this.jdbc = jdbc;
    this.json = json;
    this.sources = sources;
  }

  @Override
  public Optional<VideoFacts> video(WorkspaceId workspace, GenerationId id) {
    return jdbc.sql(VIDEO + " and g.id = :id")
        .param("workspace", workspace.value())
        .param("id", id.value())
        .query((row, number) -> video(row))
        .optional();
  }

  @Override
  public List<VideoFacts> videos(
      WorkspaceId workspace, Optional<GenerationId> after, Order order, int limit) {
    String page =
        switch (order) {
          case ASC -> " and g.id > :after order by g.id limit :limit";
          case DESC -> " and g.id < :after order by g.id desc limit :limit";
        };
    // Bounds below and above every id, in any collation, where the list begins at its end.
    String edge =
        switch (order) {
          case ASC -> "";
          case DESC -> "zzzz";
        };
    return jdbc.sql(VIDEO + page)
        .param("workspace", workspace.value())
        .param("after", after.map(GenerationId::value).orElse(edge))
        .param("limit", limit)
        .query((row, number) -> video(row))
        .list();
  }

  private VideoFacts video(ResultSet row) throws SQLException {
    return new VideoFacts(
        new GenerationId(row.getString("id")),
        json.form(row.getString("form")),
        JdbcColumns.text(row, "prompt"),
        GenerationState.valueOf(row.getString("state")),
        row.getBoolean("claimed"),
        row.getInt("progress"),
        JdbcColumns.time(row, "accepted_at").orElseThrow(),
        JdbcColumns.time(row, "ended_at"),
        JdbcColumns.failure(row),
        JdbcColumns.text(row, "view").map(AssetFacts.View::valueOf),
        JdbcColumns.time(row, "view_at"),
        JdbcColumns.text(row, "moderation"),
        JdbcColumns.time(row, "moderation_at"));
  }

  @Override
  public Optional<GenerationDetail> detail(WorkspaceId workspace, GenerationId id) {
    return jdbc.sql("select * from generation where workspace = :workspace and id = :id")
        .param("workspace", workspace.value())
        .param("id", id.value())
        .query((row, number) -> detail(row))
        .optional();
  }

  private GenerationDetail detail(ResultSet row) throws SQLException {
    GenerationId id = new GenerationId(row.getString("id"));
    BigDecimal amount = row.getBigDecimal("estimate_amount");
    return new GenerationDetail(
        JdbcGenerations.generation(row),
        json.form(row.getString("form")),
        JdbcColumns.text(row, "words").map(json::words),
        JdbcColumns.text(row, "metadata").map(json::texts).orElse(Map.of()),
        JdbcColumns.time(row, "ended_at"),
        JdbcColumns.text(row, "render"),
        JdbcColumns.text(row, "asset"),
        row.getBoolean("cancelled_too_late"),
        JdbcColumns.failure(row),
        amount == null
            ? Optional.empty()
            : Optional.of(new Estimate(amount, row.getString("estimate_currency"))),
        holds(id),
        attempts(id),
        facts(id, JdbcColumns.text(row, "asset")),
        sources.derived(new WorkspaceId(row.getString("workspace")), id, MOST_DERIVED),
        erasure(row));
  }

  private static Optional<GenerationDetail.Erasure> erasure(ResultSet row) throws SQLException {
    Optional<Instant> askedAt = JdbcColumns.time(row, "erase_asked_at");
    return askedAt.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new GenerationDetail.Erasure(
                askedAt.get(),
                JdbcColumns.time(row, "erased_at"),
                JdbcColumns.time(row, "media_removed_at"),
                JdbcColumns.time(row, "reviews_removed_at")));
  }

  private List<Hold> holds(GenerationId id) {
    return jdbc.sql("select name, until from generation_hold where generation = :id order by name")
        .param("id", id.value())
        .query((row, number) -> new Hold(row.getString("name"), JdbcColumns.time(row, "until")))
        .list();
  }

  private List<Attempt> attempts(GenerationId id) {
    return jdbc.sql("select * from render where generation = :id order by attempt")
        .param("id", id.value())
        .query((row, number) ->
            new Attempt(
                new RenderId(row.getString("id")),
                row.getInt("attempt"),
                RenderState.valueOf(row.getString("state")),
                row.getString("reason"),
                row.getInt("progress"),
                JdbcColumns.text(row, "worker"),
                JdbcColumns.text(row, "endpoint"),
                JdbcColumns.text(row, "vendor_id"),
                JdbcColumns.time(row, "minted_at").orElseThrow(),
                JdbcColumns.time(row, "claimed_at"),
                JdbcColumns.time(row, "submitted_at"),
                JdbcColumns.time(row, "parked_at"),
                JdbcColumns.text(row, "park_reason"),
                JdbcColumns.time(row, "ended_at"),
                JdbcColumns.failure(row),
                JdbcColumns.time(row, "not_before"),
                JdbcColumns.cost(row)))
        .list();
  }

  /**
   * Of the asset that was taken, or of the newest. A selection is outdone by a later one of another
   * take of the same shot.
   */
  private Optional<Facts> facts(GenerationId id, Optional<String> asset) {
    return jdbc.sql(
            """
            select a.*,
              case when a.selection = 'SELECTED' and exists (
                select from asset_fact o join generation og on og.id = o.generation
                where og.shot = g.shot and o.asset <> a.asset and o.selection = 'SELECTED'
                  and o.selection_sequence > a.selection_sequence)
              then 'OPEN' else a.selection end as choice
            from asset_fact a join generation g on g.id = a.generation
            where a.generation = :id
            order by a.asset = :asset desc, a.technical_at desc nulls last limit 1
            """)
        .param("id", id.value())
        .param("asset", asset.orElse(""))
        .query((row, number) ->
            new Facts(
                row.getString("asset"),
                JdbcColumns.text(row, "technical"),
                JdbcColumns.time(row, "technical_at"),
                JdbcColumns.text(row, "finding"),
                JdbcColumns.text(row, "moderation"),
                JdbcColumns.time(row, "moderation_at"),
                JdbcColumns.text(row, "view"),
                JdbcColumns.time(row, "view_at"),
                JdbcColumns.text(row, "choice"),
                JdbcColumns.text(row, "approval")))
        .optional();
  }
}
