package dev.dailies.asset.delivery;

import dev.dailies.contracts.AssetId;
import dev.dailies.contracts.WorkspaceId;
import dev.dailies.contracts.event.AssetVariant;
import dev.dailies.vault.ObjectKey;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Looks up what may be seen, with the judge's word in the same query. */
final class JdbcContentLibrary implements ContentLibrary {
  private static final String VIEWABLE =
      """
      select o.asset, o.key, o.size, o.sha256, o.content_type
      from viewing v join asset_object o on o.asset = v.asset
      where v.viewable and v.workspace = ? and o.variant = ?
      """;

  private final JdbcClient jdbc;

  JdbcContentLibrary(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public Optional<Content> ofGeneration(
      WorkspaceId workspace, String generation, AssetVariant variant) {
    return find(VIEWABLE + "and v.generation = ?", workspace, generation, variant);
  }

  @Override
  public Optional<Content> ofAsset(WorkspaceId workspace, String asset, AssetVariant variant) {
    return find(VIEWABLE + "and v.asset = ?", workspace, asset, variant);
  }

  private Optional<Content> find(
      String sql, WorkspaceId workspace, String id, AssetVariant variant) {
    return jdbc.sql(sql)
        .params(workspace.value(), variant.name(), id)
        .query((row, n) ->
            new Content(
                new AssetId(row.getString("asset")),
                new ObjectKey(row.getString("key")),
                row.getLong("size"),
                row.getString("sha256"),
                row.getString("content_type")))
        .optional();
  }

  @Override
  public boolean viewable(AssetId asset) {
    return jdbc.sql("select viewable from viewing where asset = ?")
        .param(asset.value())
        .query(Boolean.class)
        .optional()
        .orElse(false);
  }
}
