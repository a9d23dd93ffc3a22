package dev.dailies.asset.reference;

import dev.dailies.contracts.ReferenceId;
import dev.dailies.contracts.WorkspaceId;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Resumable uploads in PostgreSQL. */
final class JdbcUploads implements Uploads {
  private final JdbcClient jdbc;
  private final TransactionTemplate transactions;

  JdbcUploads(JdbcClient jdbc, TransactionTemplate transactions) {
    this.jdbc = jdbc;
    this.transactions = transactions;
  }

  @Override
  public Upload create(WorkspaceId workspace, long length, Duration validity) {
    String id = UUID.randomUUID().toString();
    jdbc.sql(
            """
            insert into reference_upload (id, workspace, reference, length, expires_at)
            values (:id, :workspace, :reference, :length,
              clock_timestamp() + :validity * interval '1 millisecond')
            """)
        .param("id", id)
        .param("workspace", workspace.value())
        .param("reference", ReferenceId.mint().value())
        .param("length", length)
        .param("validity", validity.toMillis())
        .update();
    return find(workspace, id).orElseThrow();
  }

  @Override
  public Optional<Upload> find(WorkspaceId workspace, String id) {
    return jdbc.sql(
            """
            select * from reference_upload u where id = ? and workspace = ?
              and expires_at > clock_timestamp()
              and (not gone or stored = length and exists (
                select from reference r where r.id = u.reference
                  and r.state in ('CHECKING', 'READY', 'REJECTED')))
            """)
        .params(id, workspace.value())
        .query((row, n) ->
            new Upload(
                row.getString("id"),
                new WorkspaceId(row.getString("workspace")),
                new ReferenceId(row.getString("reference")),
                row.getLong("length"),
                row.getLong("stored"),
                row.getBoolean("gone"),
                row.getTimestamp("expires_at").toInstant()))
        .optional();
  }

  @Override
  public boolean append(Upload upload, long bytes, String key) {
    return Boolean.TRUE.equals(
        transactions.execute(status -> {
          boolean first =
              jdbc.sql(
                          """
                          update reference_upload set stored = stored + :bytes
                          where id = :id and stored = :stored and not gone
                          """)
                      .param("bytes", bytes)
                      .param("id", upload.id())
                      .param("stored", upload.stored())
                      .update()
                  == 1;
          if (first) {
            jdbc.sql("insert into reference_upload_piece (upload, start, key) values (?, ?, ?)")
                .params(upload.id(), upload.stored(), key)
                .update();
          }
          return first;
        }));
  }

  @Override
  public int count(String id) {
    return jdbc.sql("select count(*) from reference_upload_piece where upload = ?")
        .param(id)
        .query(Integer.class)
        .single();
  }

  @Override
  public List<String> pieces(String id) {
    return jdbc.sql("select key from reference_upload_piece where upload = ? order by start")
        .param(id)
        .query((row, n) -> Objects.requireNonNull(row.getString("key")))
        .list();
  }

  @Override
  public void end(String id) {
    jdbc.sql("update reference_upload set gone = true where id = ?").param(id).update();
  }

  @Override
  public List<Dead> dead(int most) {
    // One that was swept and has expired is swept once more: a piece may have come late.
    jdbc.sql(
            """
            update reference_upload set gone = true, swept = false
            where id in (
              select id from reference_upload
              where expires_at < clock_timestamp() and (swept or not gone)
              limit ? for update skip locked)
            """)
        .param(most)
        .update();
    return jdbc.sql(
            """
            select id, workspace from reference_upload
            where gone and not swept and not_before <= clock_timestamp()
            order by not_before limit ?
            """)
        .param(most)
        .query(
            (row, n) -> new Dead(row.getString("id"), new WorkspaceId(row.getString("workspace"))))
        .list();
  }

  @Override
  public void swept(String id) {
    transactions.executeWithoutResult(status -> {
      jdbc.sql("delete from reference_upload_piece where upload = ?").param(id).update();
      int expired =
          jdbc.sql("delete from reference_upload where id = ? and expires_at < clock_timestamp()")
              .param(id)
              .update();
      if (expired == 0) {
        jdbc.sql("update reference_upload set swept = true where id = ?").param(id).update();
      }
    });
  }

  @Override
  public void postpone(String id, Duration wait) {
    jdbc.sql(
            """
            update reference_upload
            set not_before = clock_timestamp() + ? * interval '1 millisecond' where id = ?
            """)
        .params(wait.toMillis(), id)
        .update();
  }
}
