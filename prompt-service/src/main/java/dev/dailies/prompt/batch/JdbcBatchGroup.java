package dev.dailies.prompt.batch;

import dev.dailies.contracts.ErrorCode;
import dev.dailies.contracts.WorkspaceId;
import dev.dailies.contracts.event.Actor;
import dev.dailies.prompt.generation.AcceptItem;
import dev.dailies.prompt.generation.AcceptItem.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A group in one transaction, for speed. If the database refuses it, because of one item or because
 * another batch holds the same keys in another order, each item gets a transaction of its own.
 */
final class JdbcBatchGroup implements BatchGroup {
  private static final int TRIES = 3;

  private final AcceptItem desk;
  private final TransactionTemplate transaction;

  JdbcBatchGroup(AcceptItem desk, TransactionTemplate transaction) {
    this.desk = desk;
    this.transaction = transaction;
  }

  @Override
  public List<Outcome> accept(WorkspaceId workspace, Actor actor, List<Keyed> items) {
    try {
      return together(workspace, actor, items);
    } catch (DataIntegrityViolationException | PessimisticLockingFailureException e) {
      return oneByOne(workspace, actor, items);
    }
  }

  private List<Outcome> oneByOne(WorkspaceId workspace, Actor actor, List<Keyed> items) {
    List<Outcome> done = new ArrayList<>();
    for (Keyed item : items) {
      try {
        done.add(alone(workspace, actor, item));
      } catch (DataAccessException | TransactionException e) {
        throw new BrokenOff(done, e);
      }
    }
    return done;
  }

  private List<Outcome> together(WorkspaceId workspace, Actor actor, List<Keyed> items) {
    return Objects.requireNonNull(
        transaction.execute(status ->
            items.stream()
                .map(item -> desk.accept(workspace, actor, item.fields(), item.key()))
                .toList()));
  }

  private Outcome alone(WorkspaceId workspace, Actor actor, Keyed item) {
    for (int attempt = 1; ; attempt++) {
      try {
        return together(workspace, actor, List.of(item)).getFirst();
      } catch (DataIntegrityViolationException e) {
        return new Outcome.Refused(
            ErrorCode.INVALID_REQUEST, "A text or a number holds what can't be kept.", "line");
      } catch (PessimisticLockingFailureException e) {
        if (attempt == TRIES) {
          throw e;
        }
      }
    }
  }
}
