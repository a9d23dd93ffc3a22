package dev.dailies.prompt.generation;

import java.util.Objects;
import java.util.function.Supplier;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Transactions of this service's database. */
final class JdbcTransactions implements Transactions {
  private final TransactionTemplate template;

  JdbcTransactions(TransactionTemplate template) {
    this.template = template;
  }

  @Override
  public <T> T within(Supplier<T> work) {
    return Objects.requireNonNull(template.execute(status -> work.get()));
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
