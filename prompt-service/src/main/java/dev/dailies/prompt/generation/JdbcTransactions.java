package dev.dailies.prompt.generation;

import java.util.Objects;
import java.util.function.Supplier;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Transactions of this service's database. Where two wait for each other, the database lets one of
 * them go on and undoes the other, which is then done again: no caller has to hear of it.
 */
final class JdbcTransactions implements Transactions {
  private static final int TRIES = 5;

  private final TransactionTemplate template;

  JdbcTransactions(TransactionTemplate template) {
    this.template = template;
  }

  @Override
  public <T> T within(Supplier<T> work) {
    for (int attempt = 1; ; attempt++) {
      try {
        return Objects.requireNonNull(template.execute(status -> work.get()));
      } catch (PessimisticLockingFailureException e) {
        // A part of a larger transaction can't be done again by itself.
        if (attempt == TRIES || TransactionSynchronizationManager.isActualTransactionActive()) {
          throw e;
        }
      }
    }
  }

  @Override
  public void afterCommit(Runnable action) {
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void afterCommit() {
            action.run();
          }
        });
  }
}
