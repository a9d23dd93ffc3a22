package dev.dailies.prompt.feed;

import dev.dailies.contracts.GenerationId;
import dev.dailies.prompt.generation.Feed;
import dev.dailies.prompt.generation.FeedKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Writes what is told at the end of the transaction: in one statement, and with the state that the
 * whole of it led to.
 */
final class JdbcFeed implements Feed {
  private final JdbcClient jdbc;
  private final Runnable committed;

  JdbcFeed(JdbcClient jdbc, Runnable committed) {
    this.jdbc = jdbc;
    this.committed = committed;
  }

  private record Told(String generation, String type, String facts) {}

  @Override
  public void tell(GenerationId generation, FeedKind kind, Map<String, ?> facts) {
    if (!TransactionSynchronizationManager.isActualTransactionActive()) {
      throw new IllegalStateException("watchers are told inside a transaction");
    }
    current().told.add(new Told(generation.value(), kind.wire(), FeedJson.facts(facts)));
  }

  private Telling current() {
    for (TransactionSynchronization each :
        TransactionSynchronizationManager.getSynchronizations()) {
      if (each instanceof Telling telling && telling.feed() == this) {
        return telling;
      }
    }
    Telling telling = new Telling();
    TransactionSynchronizationManager.registerSynchronization(telling);
    return telling;
  }

  private void write(List<Told> told) {
    jdbc.sql(
            """
            insert into feed_pending (workspace, generation, shot, project, brief, state, type,
              facts)
            select g.workspace, g.id, g.shot, s.project, s.brief, lower(g.state), t.type, t.facts
            from unnest(:generations, :types, :facts)
              with ordinality as t (generation, type, facts, number)
            join generation g on g.id = t.generation
            join shot s on s.id = g.shot
            order by t.number
            """)
        .param("generations", told.stream().map(Told::generation).toArray(String[]::new))
        .param("types", told.stream().map(Told::type).toArray(String[]::new))
        .param("facts", told.stream().map(Told::facts).toArray(String[]::new))
        .update();
  }

  /** What the transaction at hand has to tell. */
  private final class Telling implements TransactionSynchronization {
    private final List<Told> told = new ArrayList<>();

    private JdbcFeed feed() {
      return JdbcFeed.this;
    }

    @Override
    public void beforeCommit(boolean readOnly) {
      write(told);
    }

    @Override
    public void afterCommit() {
      committed.run();
    }
  }
}
