package dev.dailies.asset.reference;

import dev.dailies.contracts.ReferenceId;
import dev.dailies.contracts.WorkspaceId;
import dev.dailies.contracts.event.Actor;
import dev.dailies.contracts.event.MediaFacts;
import dev.dailies.contracts.event.ReferenceReady;
import dev.dailies.contracts.event.ReferenceRejected;
import dev.dailies.contracts.event.ReferenceRemoved;
import dev.dailies.contracts.event.StoredObject;
import dev.dailies.contracts.event.TechnicalFinding;
import dev.dailies.messaging.EventOrigin;
import dev.dailies.messaging.Outbox;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** References in PostgreSQL. */
final class JdbcReferences implements References {
  private final JdbcClient jdbc;
  private final TransactionTemplate transactions;
  private final Outbox outbox;

  JdbcReferences(JdbcClient jdbc, TransactionTemplate transactions, Outbox outbox) {
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.outbox = outbox;
  }

  @Override
  public void begin(WorkspaceId workspace, ReferenceId id, String contentType, Actor by) {
    jdbc.sql(
            """
            insert into reference (id, workspace, state, content_type, actor_kind, actor)
            values (?, ?, ?, ?, ?, ?)
            on conflict (id) do update set noted_at = clock_timestamp()
              where reference.state = 'UPLOADING'
            """)
        .params(
            id.value(),
            workspace.value(),
            "UPLOADING",
            contentType,
            by.getKind().name(),
            by.getSubject())
        .update();
  }

  @Override
  public boolean stored(ReferenceId id, StoredObject object) {
    return JdbcReferenceRows.bound(
                jdbc.sql(
                    """
                    update reference set state = 'CHECKING', store = :store, region = :region,
                      bucket = :bucket, key = :key, version = :version, size = :size,
                      sha256 = :sha256
                    where id = :id and state = 'UPLOADING'
                    """),
                object)
            .param("id", id.value())
            .update()
        == 1;
  }

  @Override
  public void abandon(ReferenceId id) {
    // One that was never stored leaves nothing: it may be begun again.
    jdbc.sql(
            """
            delete from reference where id = ?
              and (state = 'UPLOADING' or state = 'REMOVED' and sha256 is null)
            """)
        .param(id.value())
        .update();
    jdbc.sql("update reference set key = null where id = ? and state = 'REMOVED'")
        .param(id.value())
        .update();
  }

  @Override
  public List<Upload> abandoned(Duration age, int most) {
    // Moved before its bytes are removed, so that nobody finishes it meanwhile.
    jdbc.sql(
            """
            update reference set state = 'REMOVED', key = id
            where id in (
              select id from reference where state = 'UPLOADING'
                and noted_at < clock_timestamp() - :age * interval '1 millisecond'
              limit :most for update skip locked)
            """)
        .param("age", age.toMillis())
        .param("most", most)
        .update();
    return jdbc.sql(
            """
            select workspace, id from reference
            where state = 'REMOVED' and key is not null and not_before <= clock_timestamp()
            limit ?
            """)
        .param(most)
        .query((row, n) ->
            new Upload(
                new WorkspaceId(row.getString("workspace")), new ReferenceId(row.getString("id"))))
        .list();
  }

  @Override
  public void postpone(ReferenceId dead, Duration wait) {
    jdbc.sql(
            """
            update reference set not_before = clock_timestamp() + ? * interval '1 millisecond'
            where id = ? and state = 'REMOVED'
            """)
        .params(wait.toMillis(), dead.value())
        .update();
  }

  @Override
  public void note(WorkspaceId workspace, ReferenceId id, String type, StoredObject object) {
    JdbcReferenceRows.bound(
            jdbc.sql(
                """
                insert into reference (id, workspace, state, content_type, store, region, bucket,
                  key, version, size, sha256)
                values (:id, :workspace, 'CHECKING', :type, :store, :region, :bucket, :key,
                  :version, :size, :sha256)
                on conflict do nothing
                """),
            object)
        .param("id", id.value())
        .param("workspace", workspace.value())
        .param("type", type)
        .update();
  }

  @Override
  public Optional<Claim> claim(Duration lease) {
    return jdbc.sql(
            """
            update reference set token = gen_random_uuid(), claims = claims + 1,
              leased_until = clock_timestamp() + :lease * interval '1 millisecond'
            where id = (
              select id from reference
              where state = 'CHECKING' and not_before <= clock_timestamp()
                and (leased_until is null or leased_until < clock_timestamp())
              order by noted_at limit 1 for update skip locked)
            returning *
            """)
        .param("lease", lease.toMillis())
        .query((row, n) -> JdbcReferenceRows.claim(row))
        .optional();
  }

  @Override
  public boolean renew(Claim claim, Duration lease) {
    return jdbc.sql(
                "update reference set leased_until = clock_timestamp()"
                    + " + ? * interval '1 millisecond' where id = ? and token = ?")
            .params(lease.toMillis(), claim.id().value(), claim.token())
            .update()
        == 1;
  }

  @Override
  public void postpone(Claim claim, Duration wait, int excused) {
    jdbc.sql(
            """
            update reference set token = null, leased_until = null, claims = claims - :excused,
              not_before = clock_timestamp() + :wait * interval '1 millisecond'
            where id = :id and token = :token and state = 'CHECKING'
            """)
        .param("excused", excused)
        .param("wait", wait.toMillis())
        .param("id", claim.id().value())
        .param("token", claim.token())
        .update();
  }

  @Override
  public void ready(Claim claim, MediaFacts media) {
    transactions.executeWithoutResult(status -> {
      if (end(claim, "READY", null)) {
        outbox.publish(
            origin(claim),
            envelope ->
                ReferenceReady.newBuilder()
                    .setEnvelope(envelope)
                    .setReference(claim.id().value())
                    .setObject(claim.object())
                    .setMedia(media)
                    .setContentType(claim.contentType())
                    .build());
      }
    });
  }

  @Override
  public void reject(Claim claim, String finding) {
    transactions.executeWithoutResult(status -> {
      if (end(claim, "REJECTED", finding)) {
        outbox.publish(
            origin(claim),
            envelope ->
                ReferenceRejected.newBuilder()
                    .setEnvelope(envelope)
                    .setReference(claim.id().value())
                    .setFindings(
                        List.of(
                            TechnicalFinding.newBuilder().setCode(finding).setFatal(true).build()))
                    .build());
      }
    });
  }

  private boolean end(Claim claim, String state, @org.jspecify.annotations.Nullable String why) {
    return jdbc.sql(
                """
                update reference set state = :state, finding = :finding, token = null
                where id = :id and token = :token and state = 'CHECKING'
                """)
            .param("state", state)
            .param("finding", why, java.sql.Types.VARCHAR)
            .param("id", claim.id().value())
            .param("token", claim.token())
            .update()
        == 1;
  }

  private static EventOrigin origin(Claim claim) {
    EventOrigin ours = origin(claim.id().value(), claim.workspace());
    return claim.by().map(ours::by).orElse(ours);
  }

  private static EventOrigin origin(String id, WorkspaceId workspace) {
    return EventOrigin.of("reference", id, workspace.value());
  }

  @Override
  public Optional<ReferenceFacts> find(WorkspaceId workspace, String id) {
    return jdbc.sql(
            """
            select * from reference where workspace = ? and id = ?
              and state in ('CHECKING', 'READY', 'REJECTED')
            """)
        .params(workspace.value(), id)
        .query((row, n) -> JdbcReferenceRows.facts(row))
        .optional();
  }

  @Override
  public List<ReferenceFacts> page(WorkspaceId workspace, Optional<String> before, int most) {
    return jdbc.sql(
            """
            select * from reference where workspace = :workspace
              and state in ('CHECKING', 'READY', 'REJECTED') and id < :before
            order by id desc limit :most
            """)
        .param("workspace", workspace.value())
        .param("before", before.orElse("zzzz"))
        .param("most", most)
        .query((row, n) -> JdbcReferenceRows.facts(row))
        .list();
  }

  @Override
  public Removal remove(WorkspaceId workspace, String id, Actor by) {
    return Objects.requireNonNull(
        transactions.execute(status -> {
          if (find(workspace, id).isEmpty()) {
            return Removal.UNKNOWN;
          }
          boolean removed =
              jdbc.sql(
                          """
                          update reference set state = 'REMOVED', token = null, not_before = '-infinity'
                          where id = :id
                            and state in ('CHECKING', 'READY', 'REJECTED') and not exists (
                              select from reference_use where reference = :id and not ended)
                          """)
                      .param("id", id)
                      .update()
                  == 1;
          if (!removed) {
            return Removal.IN_USE;
          }
          outbox.publish(
              origin(id, workspace).by(by),
              envelope ->
                  ReferenceRemoved.newBuilder().setEnvelope(envelope).setReference(id).build());
          return Removal.REMOVED;
        }));
  }
}
