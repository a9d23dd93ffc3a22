package dev.dailies.asset.delivery;

import dev.dailies.asset.delivery.ModerationVerdict.Outcome;
import dev.dailies.contracts.AssetId;
import dev.dailies.contracts.GenerationId;
import dev.dailies.contracts.WorkspaceId;
import dev.dailies.contracts.event.AssetViewable;
import dev.dailies.contracts.event.AssetWithheld;
import dev.dailies.messaging.EventOrigin;
import dev.dailies.messaging.Outbox;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/**
 * Judges on one row per asset. Whoever tells a fact upserts that row and thereby locks it, so that
 * of ingest and moderation, which run at the same time, the second sees what the first has told.
 */
final class JdbcViewJudge implements ViewJudge {
  private record Row(
      String asset,
      String workspace,
      String generation,
      ViewRules.Facts facts,
      long size,
      boolean viewable) {}

  private final JdbcClient jdbc;
  private final Outbox outbox;
  private final JsonMapper json;

  JdbcViewJudge(JdbcClient jdbc, Outbox outbox, JsonMapper json) {
    this.jdbc = jdbc;
    this.outbox = outbox;
    this.json = json;
  }

  @Override
  public void becomeReady(
      AssetId asset, WorkspaceId workspace, GenerationId generation, long deliverySize) {
    jdbc.sql(
            """
            insert into viewing as v (asset, workspace, generation, ready, delivery_size)
            values (?, ?, ?, true, ?)
            on conflict (asset) do update
              set ready = true, delivery_size = excluded.delivery_size
            """)
        .params(asset.value(), workspace.value(), generation.value(), deliverySize)
        .update();
    judge(asset);
  }

  @Override
  public void moderate(ModerationVerdict verdict) {
    int told =
        jdbc.sql(
                """
                insert into viewing as v (asset, workspace, generation, decision, outcome, policy,
                  signals, reasons)
                values (:asset, :workspace, :generation, :decision, :outcome, :policy,
                  :signals::jsonb, :reasons::jsonb)
                on conflict (asset) do update set
                  decision = excluded.decision, outcome = excluded.outcome,
                  policy = excluded.policy, signals = excluded.signals, reasons = excluded.reasons
                where v.decision < excluded.decision
                """)
            .param("asset", verdict.asset().value())
            .param("workspace", verdict.workspace().value())
            .param("generation", verdict.generation().value())
            .param("decision", verdict.decision())
            .param("outcome", verdict.outcome().name())
            .param("policy", verdict.policy().orElse(null))
            .param("signals", signals(verdict.signals()))
            .param("reasons", json.writeValueAsString(verdict.reasons()))
            .update();
    if (told == 1) {
      judge(verdict.asset());
    }
  }

  @Override
  public void erase(GenerationId generation) {
    jdbc.sql("update viewing set erased = true where generation = ? returning asset")
        .param(generation.value())
        .query((row, n) -> new AssetId(row.getString("asset")))
        .list()
        .forEach(this::judge);
  }

  private void judge(AssetId asset) {
    Row row = row(asset);
    Optional<ViewRules> obstacle = ViewRules.keepingBack(row.facts());
    boolean viewable = obstacle.isEmpty();
    if (viewable == row.viewable()) {
      return;
    }
    jdbc.sql("update viewing set viewable = ?, changed_at = clock_timestamp() where asset = ?")
        .params(viewable, row.asset())
        .update();
    EventOrigin origin =
        EventOrigin.of("asset", row.asset(), row.workspace()).keyedBy(row.generation());
    if (viewable) {
      outbox.publish(
          origin,
          envelope ->
              AssetViewable.newBuilder()
                  .setEnvelope(envelope)
                  .setAsset(row.asset())
                  .setGeneration(row.generation())
                  .setSize(row.size())
                  .build());
    } else {
      outbox.publish(
          origin,
          envelope ->
              AssetWithheld.newBuilder()
                  .setEnvelope(envelope)
                  .setAsset(row.asset())
                  .setGeneration(row.generation())
                  .setReason(obstacle.get().code())
                  .build());
    }
  }

  private Row row(AssetId asset) {
    return jdbc.sql(
            """
            select asset, workspace, generation, ready, outcome, delivery_size, viewable, erased
            from viewing where asset = ?
            """)
        .param(asset.value())
        .query((row, n) ->
            new Row(
                row.getString("asset"),
                row.getString("workspace"),
                row.getString("generation"),
                new ViewRules.Facts(
                    row.getBoolean("ready"),
                    Optional.ofNullable(row.getString("outcome")).map(Outcome::valueOf),
                    row.getBoolean("erased")),
                row.getLong("delivery_size"),
                row.getBoolean("viewable")))
        .single();
  }

  private String signals(List<ModerationVerdict.Signal> signals) {
    return json.writeValueAsString(signals);
  }
}
