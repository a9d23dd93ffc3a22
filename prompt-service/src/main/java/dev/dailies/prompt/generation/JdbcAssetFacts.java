package dev.dailies.prompt.generation;

import static dev.dailies.prompt.generation.JdbcColumns.utc;

import dev.dailies.contracts.AssetId;
import dev.dailies.contracts.GenerationId;
import dev.dailies.contracts.RenderId;
import dev.dailies.contracts.event.StoredObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is told of assets, in PostgreSQL: one row per asset, one guarded upsert per fact. */
final class JdbcAssetFacts implements AssetFacts {
  private final JdbcClient jdbc;
  private final SpecificationJson json;

  JdbcAssetFacts(JdbcClient jdbc, SpecificationJson json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  @Override
  public boolean judged(GenerationId generation, AssetVerdict verdict, long sequence) {
    return jdbc.sql(
                """
                insert into asset_fact as a (asset, generation, render, technical,
                  technical_sequence, technical_at, finding, retry_could_help)
                values (:asset, :generation, :render, :technical, :sequence, :at, :finding, :retry)
                on conflict (asset) do update set
                  generation = excluded.generation, render = excluded.render,
                  technical = excluded.technical, technical_sequence = excluded.technical_sequence,
                  technical_at = excluded.technical_at, finding = excluded.finding,
                  retry_could_help = excluded.retry_could_help
                where a.technical_sequence < excluded.technical_sequence
                """)
            .param("asset", verdict.asset().value())
            .param("generation", generation.value())
            .param("render", verdict.render().value())
            .param("technical", verdict.technical().name())
            .param("sequence", sequence)
            .param("at", utc(verdict.at()))
            .param("finding", verdict.finding())
            .param("retry", verdict.retryCouldHelp())
            .update()
        == 1;
  }

  /** Keys are never reused: whatever is told later of the same asset is the same. */
  @Override
  public void stored(AssetId asset, StoredObject master, Optional<StoredObject> poster) {
    jdbc.sql(
            """
            update asset_fact set master = :master::jsonb, poster = :poster::jsonb
            where asset = :asset
            """)
        .param("master", json.object(master))
        .param("poster", poster.map(json::object).orElse(null))
        .param("asset", asset.value())
        .update();
  }

  @Override
  public boolean view(
      GenerationId generation, AssetId asset, View view, long sequence, Instant at) {
    return jdbc.sql(
                """
                insert into asset_fact as a (asset, generation, view, view_sequence, view_at)
                values (:asset, :generation, :view, :sequence, :at)
                on conflict (asset) do update set generation = excluded.generation,
                  view = excluded.view, view_sequence = excluded.view_sequence,
                  view_at = excluded.view_at
                where a.view_sequence < excluded.view_sequence
                """)
            .param("asset", asset.value())
            .param("generation", generation.value())
            .param("view", view.name())
            .param("sequence", sequence)
            .param("at", utc(at))
            .update()
        == 1;
  }

  @Override
  public boolean moderated(
      GenerationId generation, AssetId asset, String outcome, long decision, Instant at) {
    return jdbc.sql(
                """
                insert into asset_fact as a (asset, generation, moderation, moderation_decision,
                  moderation_at)
                values (:asset, :generation, :outcome, :decision, :at)
                on conflict (asset) do update set generation = excluded.generation,
                  moderation = excluded.moderation,
                  moderation_decision = excluded.moderation_decision,
                  moderation_at = excluded.moderation_at
                where a.moderation_decision < excluded.moderation_decision
                """)
            .param("asset", asset.value())
            .param("generation", generation.value())
            .param("outcome", outcome)
            .param("decision", decision)
            .param("at", utc(at))
            .update()
        == 1;
  }

  @Override
  public boolean selected(
      GenerationId generation, AssetId asset, String state, long sequence, Instant at) {
    return jdbc.sql(
                """
                insert into asset_fact as a (asset, generation, selection, selection_sequence,
                  selection_at)
                values (:asset, :generation, :state, :sequence, :at)
                on conflict (asset) do update set generation = excluded.generation,
                  selection = excluded.selection, selection_sequence = excluded.selection_sequence,
                  selection_at = excluded.selection_at
                where a.selection_sequence < excluded.selection_sequence
                """)
            .param("asset", asset.value())
            .param("generation", generation.value())
            .param("state", state)
            .param("sequence", sequence)
            .param("at", utc(at))
            .update()
        == 1;
  }

  @Override
  public Optional<GenerationId> approved(AssetId asset, String state, long sequence, Instant at) {
    return jdbc.sql(
            """
            insert into asset_fact as a (asset, approval, approval_sequence, approval_at)
            values (:asset, :state, :sequence, :at)
            on conflict (asset) do update set approval = excluded.approval,
              approval_sequence = excluded.approval_sequence,
              approval_at = excluded.approval_at
            where a.approval_sequence < excluded.approval_sequence
            returning generation
            """)
        .param("asset", asset.value())
        .param("state", state)
        .param("sequence", sequence)
        .param("at", utc(at))
        .query((row, number) -> JdbcColumns.text(row, "generation").map(GenerationId::new))
        .optional()
        .flatMap(generation -> generation);
  }

  @Override
  public List<AssetVerdict> verdicts(GenerationId generation) {
    return jdbc.sql(
            """
            select asset, render, technical, finding, retry_could_help, technical_at
            from asset_fact where generation = :generation and technical is not null
            """)
        .param("generation", generation.value())
        .query((row, number) ->
            new AssetVerdict(
                new AssetId(row.getString("asset")),
                new RenderId(row.getString("render")),
                AssetVerdict.Technical.valueOf(row.getString("technical")),
                row.getString("finding"),
                row.getBoolean("retry_could_help"),
                JdbcColumns.time(row, "technical_at").orElseThrow()))
        .list();
  }
}
