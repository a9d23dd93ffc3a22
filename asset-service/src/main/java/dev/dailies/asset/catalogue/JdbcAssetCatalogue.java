package dev.dailies.asset.catalogue;

import dev.dailies.asset.provenance.Marking;
import dev.dailies.contracts.WorkspaceId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads the assets with what moderation and the specification add. */
final class JdbcAssetCatalogue implements AssetCatalogue {
  private static final String FACTS =
      """
      select a.*, v.decision, v.outcome, v.policy, v.signals, v.reasons,
        coalesce(v.viewable, false) as viewable, t.prompt,
        exists (select from erasure e where e.generation = a.generation) as erased
      from asset a
        left join viewing v on v.asset = a.asset
        left join generation_text t on t.generation = a.generation and not t.erased
      where a.workspace = :workspace
      """;
  private static final String ORDER = " order by a.noted_at, a.asset limit 1000";

  private final JdbcClient jdbc;

  JdbcAssetCatalogue(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public Optional<AssetFacts> find(WorkspaceId workspace, String asset) {
    return select("and a.asset = :id", workspace, asset).stream().findFirst();
  }

  @Override
  public List<AssetFacts> ofGeneration(WorkspaceId workspace, String generation) {
    return select("and a.generation = :id", workspace, generation);
  }

  @Override
  public List<AssetFacts> ofShot(WorkspaceId workspace, String shot) {
    return select("and a.shot = :id", workspace, shot);
  }

  private List<AssetFacts> select(String condition, WorkspaceId workspace, String id) {
    return jdbc.sql(FACTS + condition + ORDER)
        .param("workspace", workspace.value())
        .param("id", id)
        .query((row, n) -> facts(row))
        .list();
  }

  private AssetFacts facts(ResultSet row) throws SQLException {
    String asset = row.getString("asset");
    boolean labelled = row.getString("media") != null;
    Timestamp ended = row.getTimestamp("ended_at");
    return new AssetFacts(
        asset,
        row.getString("generation"),
        row.getString("render"),
        row.getInt("attempt"),
        row.getString("shot"),
        row.getBoolean("erased") ? "erased" : lower(row.getString("state")),
        row.getString("waiting_for"),
        row.getString("taken"),
        row.getBoolean("viewable"),
        row.getTimestamp("noted_at").toInstant(),
        ended == null ? null : ended.toInstant(),
        row.getString("prompt"),
        new AssetFacts.Maker(
            row.getString("model"),
            row.getString("endpoint_model"),
            row.getString("model_version"),
            row.getString("endpoint"),
            row.getObject("seed", Long.class),
            row.getTimestamp("rendered_at").toInstant()),
        labelled
            ? new AssetFacts.Label(
                Marking.LABEL, Marking.DIGITAL_SOURCE_TYPE, row.getString("label_profile"))
            : null,
        row.getString("media"),
        row.getString("sprite"),
        row.getString("findings"),
        moderation(row),
        objects(asset));
  }

  private static AssetFacts.@Nullable Moderation moderation(ResultSet row) throws SQLException {
    String outcome = row.getString("outcome");
    return outcome == null
        ? null
        : new AssetFacts.Moderation(
            lower(outcome),
            row.getLong("decision"),
            row.getString("policy"),
            row.getString("signals"),
            row.getString("reasons"));
  }

  private List<AssetFacts.Form> objects(String asset) {
    return jdbc.sql("select * from asset_object where asset = ? order by variant")
        .param(asset)
        .query((row, n) ->
            new AssetFacts.Form(
                lower(row.getString("variant")),
                row.getString("content_type"),
                row.getString("store"),
                row.getString("bucket"),
                row.getString("key"),
                row.getLong("size"),
                row.getString("sha256")))
        .list();
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
