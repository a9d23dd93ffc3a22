package dev.dailies.asset.ingest;

import dev.dailies.asset.quality.Expectation;
import dev.dailies.contracts.AssetId;
import dev.dailies.contracts.GenerationId;
import dev.dailies.contracts.RenderId;
import dev.dailies.contracts.ShotId;
import dev.dailies.contracts.WorkspaceId;
import dev.dailies.contracts.event.StoredObject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The queue is the table of assets: an order is a row that has not ended. */
final class JdbcIngestQueue implements IngestQueue {
  private final JdbcClient jdbc;

  JdbcIngestQueue(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public boolean note(IngestOrder order) {
    Optional<StoredObject> master = order.master().map(IngestOrder.Master::object);
    return jdbc.sql(
                """
                insert into asset (asset, workspace, generation, render, attempt, shot, state,
                  master_store, master_region, master_bucket, master_key, master_version,
                  master_size, master_sha256, master_type,
                  width, height, length_millis, frame_rate, sound,
                  model, endpoint_model, model_version, endpoint, seed, label_profile, rendered_at)
                values (:asset, :workspace, :generation, :render, :attempt, :shot, 'WAITING',
                  :store, :region, :bucket, :key, :version, :size, :sha256, :type,
                  :width, :height, :length, :rate, :audio,
                  :model, :endpointModel, :modelVersion, :endpoint, :seed, :profile, :renderedAt)
                on conflict do nothing
                """)
            .param("asset", order.asset().value())
            .param("workspace", order.workspace().value())
            .param("generation", order.generation().value())
            .param("render", order.render().value())
            .param("attempt", order.attempt())
            .param("shot", order.shot().value())
            .param("store", master.map(StoredObject::getStore).orElse(null))
            .param("region", master.map(StoredObject::getRegion).orElse(null))
            .param("bucket", master.map(StoredObject::getBucket).orElse(null))
            .param("key", master.map(StoredObject::getKey).orElse(null))
            .param("version", master.flatMap(StoredObject::getVersion).orElse(null))
            .param("size", master.map(StoredObject::getSize).orElse(null))
            .param("sha256", master.map(StoredObject::getSha256).orElse(null))
            .param("type", order.master().map(IngestOrder.Master::contentType).orElse(null))
            .param("width", order.expected().width())
            .param("height", order.expected().height())
            .param("length", order.expected().length().toMillis())
            .param("rate", order.expected().frameRate().orElse(null))
            .param("audio", order.expected().sound().name())
            .param("model", order.maker().model())
            .param("endpointModel", order.maker().endpointModel())
            .param("modelVersion", order.maker().modelVersion().orElse(null))
            .param("endpoint", order.maker().endpoint())
            .param("seed", order.maker().seed().orElse(null))
            .param("profile", order.maker().labelProfile())
            .param("renderedAt", Timestamp.from(order.maker().renderedAt()))
            .update()
        == 1;
  }

  @Override
  public List<Claim> claim(int most, Duration lease) {
    return jdbc.sql(
            """
            update asset set
              token = gen_random_uuid(),
              leased_until = clock_timestamp() + :lease * interval '1 millisecond',
              claims = claims + 1,
              waiting_for = null
            where asset in (
              select asset from asset
              where state = 'WAITING'
                and not_before <= clock_timestamp()
                and (leased_until is null or leased_until < clock_timestamp())
              order by noted_at
              limit :most
              for update skip locked)
            returning *
            """)
        .param("lease", lease.toMillis())
        .param("most", most)
        .query((row, n) ->
            new Claim(order(row), row.getObject("token", UUID.class), row.getInt("claims")))
        .list();
  }

  @Override
  public boolean renew(Claim claim, Duration lease) {
    return jdbc.sql(
                """
                update asset set leased_until = clock_timestamp() + :lease * interval '1 millisecond'
                where asset = :asset and token = :token and state = 'WAITING'
                """)
            .param("lease", lease.toMillis())
            .param("asset", claim.order().asset().value())
            .param("token", claim.token())
            .update()
        == 1;
  }

  @Override
  public void postpone(Claim claim, Duration wait, String reason) {
    giveBack(claim, wait, reason, 1);
  }

  @Override
  public void fail(Claim claim, Duration wait, String reason) {
    giveBack(claim, wait, reason, 0);
  }

  private void giveBack(Claim claim, Duration wait, String reason, int excused) {
    jdbc.sql(
            """
            update asset set token = null, leased_until = null, claims = claims - :excused,
              not_before = clock_timestamp() + :wait * interval '1 millisecond',
              waiting_for = :reason
            where asset = :asset and token = :token and state = 'WAITING'
            """)
        .param("excused", excused)
        .param("wait", wait.toMillis())
        .param("reason", reason)
        .param("asset", claim.order().asset().value())
        .param("token", claim.token())
        .update();
  }

  private static IngestOrder order(ResultSet row) throws SQLException {
    return new IngestOrder(
        new AssetId(row.getString("asset")),
        new WorkspaceId(row.getString("workspace")),
        new GenerationId(row.getString("generation")),
        new RenderId(row.getString("render")),
        row.getInt("attempt"),
        new ShotId(row.getString("shot")),
        master(row),
        new Expectation(
            row.getInt("width"),
            row.getInt("height"),
            Duration.ofMillis(row.getLong("length_millis")),
            Optional.ofNullable(row.getObject("frame_rate", Double.class)),
            Expectation.Sound.valueOf(row.getString("sound"))),
        new IngestOrder.Maker(
            row.getString("model"),
            row.getString("endpoint_model"),
            Optional.ofNullable(row.getString("model_version")),
            row.getString("endpoint"),
            Optional.ofNullable(row.getObject("seed", Long.class)),
            row.getString("label_profile"),
            row.getTimestamp("rendered_at").toInstant()));
  }

  private static Optional<IngestOrder.Master> master(ResultSet row) throws SQLException {
    if (row.getString("master_key") == null) {
      return Optional.empty();
    }
    return Optional.of(
        new IngestOrder.Master(
            StoredObject.newBuilder()
                .setStore(row.getString("master_store"))
                .setRegion(row.getString("master_region"))
                .setBucket(row.getString("master_bucket"))
                .setKey(row.getString("master_key"))
                .setVersion(row.getString("master_version"))
                .setSize(row.getLong("master_size"))
                .setSha256(row.getString("master_sha256"))
                .build(),
            row.getString("master_type")));
  }
}
