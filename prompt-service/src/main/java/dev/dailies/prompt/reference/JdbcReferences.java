package dev.dailies.prompt.reference;

import dev.dailies.contracts.GenerationId;
import dev.dailies.contracts.ReferenceId;
import dev.dailies.contracts.WorkspaceId;
import dev.dailies.contracts.event.StoredObject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** References and who waits for them, in PostgreSQL. */
final class JdbcReferences implements References, ReferenceHolds {
  private final JdbcClient jdbc;

  JdbcReferences(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public Optional<KnownReference> find(WorkspaceId workspace, ReferenceId id) {
    return jdbc.sql(
            """
            select * from reference where workspace = :workspace and id = :id
              and state in ('CHECKING', 'READY', 'REJECTED')
            """)
        .param("workspace", workspace.value())
        .param("id", id.value())
        .query((row, n) -> known(id, row))
        .optional();
  }

  private static KnownReference known(ReferenceId id, ResultSet row) throws SQLException {
    Optional<StoredObject> object = object(row);
    return new KnownReference(
        id,
        KnownReference.State.valueOf(row.getString("state")),
        object.map(StoredObject::getSha256).orElse(""),
        row.getString("content_type"),
        object);
  }

  private static Optional<StoredObject> object(ResultSet row) throws SQLException {
    if (row.getString("key") == null) {
      return Optional.empty();
    }
    return Optional.of(
        StoredObject.newBuilder()
            .setStore(row.getString("store"))
            .setRegion(row.getString("region"))
            .setBucket(row.getString("bucket"))
            .setKey(row.getString("key"))
            .setVersion(row.getString("version"))
            .setSize(row.getLong("size"))
            .setSha256(row.getString("sha256"))
            .build());
  }

  @Override
  public void told(
      WorkspaceId workspace,
      ReferenceId id,
      String state,
      long sequence,
      Optional<StoredObject> object,
      Optional<String> contentType) {
    jdbc.sql(
            """
            insert into reference as r (workspace, id, state, sequence, content_type, store,
              region, bucket, key, version, size, sha256)
            values (:workspace, :id, :state, :sequence,
              coalesce(:type, 'application/octet-stream'), :store, :region, :bucket, :key,
              :version, :size, :sha256)
            on conflict (workspace, id) do update set state = excluded.state,
              sequence = excluded.sequence, content_type = coalesce(:type, r.content_type),
              store = coalesce(excluded.store, r.store),
              region = coalesce(excluded.region, r.region),
              bucket = coalesce(excluded.bucket, r.bucket), key = coalesce(excluded.key, r.key),
              version = coalesce(excluded.version, r.version),
              size = coalesce(excluded.size, r.size),
              sha256 = coalesce(excluded.sha256, r.sha256)
            where r.sequence < excluded.sequence
            """)
        .param("workspace", workspace.value())
        .param("id", id.value())
        .param("state", state)
        .param("sequence", sequence)
        .param("type", contentType.orElse(null), java.sql.Types.VARCHAR)
        .param("store", object.map(StoredObject::getStore).orElse(null), java.sql.Types.VARCHAR)
        .param("region", object.map(StoredObject::getRegion).orElse(null), java.sql.Types.VARCHAR)
        .param("bucket", object.map(StoredObject::getBucket).orElse(null), java.sql.Types.VARCHAR)
        .param("key", object.map(StoredObject::getKey).orElse(null), java.sql.Types.VARCHAR)
        .param(
            "version",
            object.flatMap(StoredObject::getVersion).orElse(null),
            java.sql.Types.VARCHAR)
        .param("size", object.map(StoredObject::getSize).orElse(null), java.sql.Types.BIGINT)
        .param("sha256", object.map(StoredObject::getSha256).orElse(null), java.sql.Types.VARCHAR)
        .update();
  }

  /**
   * The rows are locked, and made where there are none: whoever tells that one is ready waits for
   * this transaction and then sees who needs it, or came before and is seen here.
   */
  @Override
  public boolean hold(
      WorkspaceId workspace, GenerationId generation, List<ReferenceId> references) {
    boolean held = false;
    for (ReferenceId id : references.stream().distinct().sorted().toList()) {
      jdbc.sql(
              """
              insert into reference (workspace, id, state) values (?, ?, 'AWAITED')
              on conflict do nothing
              """)
          .params(workspace.value(), id.value())
          .update();
      String state =
          jdbc.sql("select state from reference where workspace = ? and id = ? for share")
              .params(workspace.value(), id.value())
              .query(String.class)
              .single();
      held |= !state.equals("READY");
      jdbc.sql(
              """
              insert into generation_reference (generation, workspace, reference, pending)
              values (?, ?, ?, true) on conflict do nothing
              """)
          .params(generation.value(), workspace.value(), id.value())
          .update();
    }
    if (!held) {
      settled(generation);
      return false;
    }
    jdbc.sql("insert into generation_hold (generation, name) values (?, ?) on conflict do nothing")
        .params(generation.value(), HOLD)
        .update();
    jdbc.sql("update generation set held = true where id = ?").param(generation.value()).update();
    return true;
  }

  @Override
  public List<GenerationId> waitingFor(WorkspaceId workspace, ReferenceId id) {
    return jdbc.sql(
            """
            select generation from generation_reference
            where workspace = ? and reference = ? and pending order by generation
            """)
        .params(workspace.value(), id.value())
        .query((row, n) -> new GenerationId(row.getString("generation")))
        .list();
  }

  @Override
  public List<GenerationId> decidable(Duration patience, int most) {
    return jdbc.sql(
            """
            select distinct g.generation from generation_reference g
            join reference r on r.workspace = g.workspace and r.id = g.reference
            where g.pending and g.look_at < clock_timestamp() and (r.state in ('READY', 'REJECTED', 'REMOVED')
              or (r.state in ('AWAITED', 'UPLOADING')
                and g.noted_at < clock_timestamp() - :patience * interval '1 millisecond'))
            limit :most
            """)
        .param("patience", patience.toMillis())
        .param("most", most)
        .query((row, n) -> new GenerationId(row.getString("generation")))
        .list();
  }

  @Override
  public void postpone(GenerationId generation) {
    jdbc.sql(
            """
            update generation_reference set look_at = clock_timestamp() + interval '1 minute'
            where generation = ? and pending
            """)
        .param(generation.value())
        .update();
  }

  @Override
  public Prospect prospect(GenerationId generation, Duration patience) {
    return jdbc.sql(
            """
            select case
              when bool_or(r.state = 'REJECTED') then 'REJECTED'
              when bool_or(r.state = 'REMOVED' or r.id is null
                or (r.state in ('AWAITED', 'UPLOADING')
                  and g.noted_at < clock_timestamp() - :patience * interval '1 millisecond'))
                then 'UNAVAILABLE'
              when bool_and(r.state = 'READY') then 'READY'
              else 'WAIT' end
            from generation_reference g
            left join reference r on r.workspace = g.workspace and r.id = g.reference
            where g.generation = :generation and g.pending
            """)
        .param("patience", patience.toMillis())
        .param("generation", generation.value())
        .query(String.class)
        .optional()
        .map(Prospect::valueOf)
        .orElse(Prospect.WAIT);
  }

  @Override
  public void lift(GenerationId generation) {
    settled(generation);
    jdbc.sql("delete from generation_hold where generation = ? and name = ?")
        .params(generation.value(), HOLD)
        .update();
    jdbc.sql(
            """
            update generation set held = exists (
              select from generation_hold where generation = :id)
            where id = :id
            """)
        .param("id", generation.value())
        .update();
  }

  @Override
  public void settled(GenerationId generation) {
    jdbc.sql("update generation_reference set pending = false where generation = ? and pending")
        .param(generation.value())
        .update();
  }
}
