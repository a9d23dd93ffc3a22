package dev.dailies.prompt.reference;

import dev.dailies.contracts.ReferenceId;
import dev.dailies.contracts.WorkspaceId;
import dev.dailies.contracts.event.StoredObject;
import java.time.Duration;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Uploads that are not kept yet, in PostgreSQL: rows of references, each in a state of its own. */
final class JdbcUnfinished implements Unfinished {
  private final JdbcClient jdbc;

  JdbcUnfinished(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public void begin(WorkspaceId workspace, ReferenceId id, String contentType) {
    jdbc.sql("insert into reference (workspace, id, state, content_type) values (?, ?, ?, ?)")
        .params(workspace.value(), id.value(), "UPLOADING", contentType)
        .update();
  }

  @Override
  public boolean stored(WorkspaceId workspace, ReferenceId id, StoredObject object) {
    return jdbc.sql(
                """
                update reference set state = 'CHECKING', store = :store, region = :region,
                  bucket = :bucket, key = :key, version = :version, size = :size, sha256 = :sha256
                where workspace = :workspace and id = :id and state = 'UPLOADING'
                """)
            .param("store", object.getStore())
            .param("region", object.getRegion())
            .param("bucket", object.getBucket())
            .param("key", object.getKey())
            .param("version", object.getVersion().orElse(null))
            .param("size", object.getSize())
            .param("sha256", object.getSha256())
            .param("workspace", workspace.value())
            .param("id", id.value())
            .update()
        == 1;
  }

  @Override
  public void abandon(WorkspaceId workspace, ReferenceId id) {
    jdbc.sql("delete from reference where workspace = ? and id = ? and state = 'UPLOADING'")
        .params(workspace.value(), id.value())
        .update();
  }

  /** A row that was swept while bytes still came is made again, for the sake of those. */
  @Override
  public void discard(WorkspaceId workspace, ReferenceId id) {
    jdbc.sql(
            """
            insert into reference as r (workspace, id, state) values (?, ?, 'DISCARDED')
            on conflict (workspace, id) do update
              set state = 'DISCARDED', noted_at = clock_timestamp()
            where r.state in ('UPLOADING', 'DISCARDED')
            """)
        .params(workspace.value(), id.value())
        .update();
  }

  @Override
  public List<Upload> claim(Duration age, int most) {
    return jdbc.sql(
            """
            update reference set state = 'DISCARDED',
              noted_at = clock_timestamp() + interval '1 minute'
            where (workspace, id) in (
              select workspace, id from reference where state in ('UPLOADING', 'DISCARDED')
                and noted_at < clock_timestamp() - case state when 'DISCARDED' then interval '0'
                  else :age * interval '1 millisecond' end
              order by noted_at limit :most for update skip locked)
            returning workspace, id
            """)
        .param("age", age.toMillis())
        .param("most", most)
        .query((row, n) ->
            new Upload(
                new WorkspaceId(row.getString("workspace")), new ReferenceId(row.getString("id"))))
        .list();
  }

  @Override
  public void swept(WorkspaceId workspace, ReferenceId id) {
    jdbc.sql(
            """
            delete from reference where workspace = ? and id = ? and state = 'DISCARDED'
              and noted_at > clock_timestamp()
            """)
        .params(workspace.value(), id.value())
        .update();
  }
}
