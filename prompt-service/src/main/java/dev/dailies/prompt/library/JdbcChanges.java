package dev.dailies.prompt.library;

import dev.dailies.contracts.WorkspaceId;
import dev.dailies.contracts.event.Actor;
import dev.dailies.prompt.audit.Audit;
import dev.dailies.prompt.audit.AuditEntry;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.transaction.support.TransactionTemplate;

/** Changes in PostgreSQL, with their audit entries. */
final class JdbcChanges implements Changes {
  private final TransactionTemplate transaction;
  private final Audit audit;

  JdbcChanges(TransactionTemplate transaction, Audit audit) {
    this.transaction = transaction;
    this.audit = audit;
  }

  @Override
  public <T extends Filed> Edited<T> make(
      WorkspaceId workspace,
      Actor actor,
      String action,
      Supplier<Optional<T>> before,
      Supplier<Edited<T>> change) {
    return Objects.requireNonNull(
        transaction.execute(status -> {
          Optional<Long> was = before.get().map(Filed::version);
          Edited<T> edited = change.get();
          if (edited instanceof Edited.Made<T>(T now)) {
            note(workspace, actor, action, was, now);
          } else {
            // A title that is taken has ended the transaction already, as the database sees it.
            status.setRollbackOnly();
          }
          return edited;
        }));
  }

  @Override
  public Placement add(WorkspaceId workspace, Actor actor, Supplier<Placement> change) {
    return Objects.requireNonNull(
        transaction.execute(status -> {
          Placement placement = change.get();
          if (placement instanceof Placement.Placed placed) {
            note(workspace, actor, "shot.created", Optional.empty(), placed.shot());
          }
          return placement;
        }));
  }

  private void note(
      WorkspaceId workspace, Actor actor, String action, Optional<Long> was, Filed now) {
    if (was.equals(Optional.of(now.version()))) {
      return;
    }
    audit.record(
        new AuditEntry(
            workspace,
            actor,
            action,
            now.id().toString(),
            was.<Map<String, Object>>map(version -> Map.of("version", version)).orElse(Map.of()),
            Map.of("version", now.version())));
  }
}
