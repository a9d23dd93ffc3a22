package dev.dailies.prompt.dispatch;

import dev.dailies.contracts.Pool;
import dev.dailies.contracts.Topic;
import dev.dailies.contracts.event.WorkerHeartbeat;
import dev.dailies.messaging.MessagingProperties;
import dev.dailies.messaging.Outbox;
import dev.dailies.messaging.StateFeed;
import dev.dailies.messaging.TraceParent;
import dev.dailies.prompt.catalogue.Catalogue;
import dev.dailies.prompt.generation.Feed;
import dev.dailies.prompt.generation.GenerationStore;
import dev.dailies.prompt.generation.RenderStore;
import dev.dailies.prompt.generation.SettleGeneration;
import dev.dailies.prompt.generation.SourceStore;
import dev.dailies.prompt.generation.Transactions;
import dev.dailies.prompt.generation.WorkSignal;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Starts a dispatcher for each pool of the catalogue. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DispatchProperties.class)
class DispatchConfiguration {
  @Bean
  Dispatchers.Exchange workSignal() {
    return new Dispatchers.Exchange();
  }

  @Bean
  Fleet fleet(DispatchProperties properties, Clock clock, WorkSignal work) {
    return new Fleet(properties.freshness(), clock, work::changed);
  }

  @Bean
  StateFeed heartbeats(Fleet fleet) {
    return StateFeed.of(Topic.WORKER_HEARTBEATS)
        .on(WorkerHeartbeat.class, (beat, context) -> fleet.learn(beat))
        .onTombstone((worker, context) -> fleet.forget(worker))
        .build();
  }

  @Bean
  DispatchMeters dispatchMeters(MeterRegistry registry) {
    return new DispatchMeters(registry);
  }

  @Bean(initMethod = "start")
  Dispatchers dispatchers(
      DispatchProperties properties,
      MessagingProperties messaging,
      Dispatchers.Exchange exchange,
      Fleet fleet,
      Catalogue catalogue,
      GenerationStore generations,
      RenderStore renders,
      SourceStore sources,
      SettleGeneration settle,
      Outbox outbox,
      Feed feed,
      TraceParent trace,
      Transactions transactions,
      DispatchMeters meters,
      JdbcClient jdbc,
      Clock clock) {
    requireTopics(catalogue, messaging);
    // A restarted process is another owner: it can't mistake an earlier one's lease for its own.
    String owner = "prompt-" + UUID.randomUUID();
    PoolLease leases = new JdbcPoolLease(jdbc);
    Ledger ledger = new JdbcLedger(jdbc, feed);
    ReleaseGeneration release =
        new ReleaseGeneration(
            leases,
            catalogue,
            generations,
            renders,
            sources,
            settle,
            ledger,
            outbox,
            feed,
            transactions,
            trace,
            meters,
            clock);
    List<PoolDispatcher> each =
        catalogue.pools().stream()
            .map(pool ->
                new PoolDispatcher(
                    pool,
                    owner,
                    properties,
                    fleet,
                    catalogue,
                    leases,
                    ledger,
                    new JdbcFirstInFirstOut(jdbc),
                    release,
                    new ExpireGeneration(generations, settle, transactions, clock),
                    transactions,
                    meters))
            .toList();
    Dispatchers dispatchers = new Dispatchers(each);
    exchange.bind(dispatchers);
    meters.watch(dispatchers, fleet);
    return dispatchers;
  }

  private static void requireTopics(Catalogue catalogue, MessagingProperties messaging) {
    for (Pool pool : catalogue.pools()) {
      if (!messaging.pools().contains(pool.value())) {
        throw new IllegalArgumentException(
            "the model catalogue names the pool '%s', but DAILIES_POOLS has only %s"
                .formatted(pool, messaging.pools()));
      }
    }
  }

  @Bean
  DispatchIndicator dispatchHealthIndicator(Dispatchers dispatchers, Fleet fleet) {
    return new DispatchIndicator(dispatchers, fleet);
  }
}
