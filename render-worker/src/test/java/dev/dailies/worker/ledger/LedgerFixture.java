package dev.dailies.worker.ledger;

import dev.dailies.contracts.EventCodec;
import dev.dailies.contracts.EventSchemas;
import dev.dailies.testkit.TestDatabase;
import dev.dailies.worker.endpoint.Sound;
import dev.dailies.worker.fixture.Jobs;
import dev.dailies.worker.fixture.RecordingOutbox;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The real ledger on a fresh database. */
final class LedgerFixture implements AutoCloseable {
  static final Duration LEASE = Duration.ofSeconds(30);
  static final URI ORIGIN = URI.create("http://127.0.0.1:1");
  static final SubmittedPlan PLAN =
      new SubmittedPlan(640, 360, 4000, Sound.MODEL_DEFAULT, List.of(), Optional.empty());

  final TestDatabase database = TestDatabase.fresh("render");
  final RecordingOutbox outbox = new RecordingOutbox();
  final JdbcClient jdbc;
  final JdbcRenderLedger ledger;
  private final com.zaxxer.hikari.HikariDataSource pool;

  LedgerFixture() {
    pool = new com.zaxxer.hikari.HikariDataSource();
    pool.setJdbcUrl(database.jdbcUrl());
    pool.setUsername(database.user());
    pool.setPassword(database.password());
    pool.setMaximumPoolSize(12);
    pool.setConnectionTimeout(1000);
    Flyway.configure()
        .dataSource(pool)
        .locations("classpath:db/messaging", "classpath:db/migration")
        .load()
        .migrate();
    jdbc = JdbcClient.create(pool);
    ledger =
        new JdbcRenderLedger(
            jdbc,
            new TransactionTemplate(new DataSourceTransactionManager(pool)),
            outbox,
            new EventCodec(new EventSchemas()));
  }

  void empty() {
    jdbc.sql("truncate render, slot, endpoint cascade").update();
    outbox.clear();
  }

  static ClaimOffer offer(dev.dailies.contracts.event.RenderJob job, String endpoint) {
    return new ClaimOffer(
        job, Optional.empty(), Optional.of(new ClaimOffer.Choice(endpoint, "only_endpoint")));
  }

  static ClaimOffer offer(String endpoint) {
    return offer(Jobs.job("local"), endpoint);
  }

  String state(HeldRender render) {
    return jdbc.sql("select state from render where render = :r")
        .param("r", render.render().value())
        .query(String.class)
        .single();
  }

  int takenSlots() {
    return jdbc.sql("select count(*) from slot where render is not null")
        .query(Integer.class)
        .single();
  }

  /** Makes a lease lapse without waiting for it. */
  void lapse(HeldRender render) {
    jdbc.sql(
            "update render set lease_until = clock_timestamp() - interval '1 second' where render = :r")
        .param("r", render.render().value())
        .update();
  }

  @Override
  public void close() {
    pool.close();
  }
}
