package dev.dailies.messaging;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Brings a service onto the broker, however late that appears: creates topics, announces schemas,
 * then lets the relay send and the subscriptions listen. Until then the service runs without.
 */
final class KafkaBackbone implements SmartLifecycle {
  private static final Logger log = LoggerFactory.getLogger(KafkaBackbone.class);

  private final Map<String, Object> adminConfig;
  private final KafkaTopics topics;
  private final SchemaExchange exchange;
  private final Producer<byte[], byte[]> producer;
  private final OutboxRelay relay;
  private final DatabaseSchema schema;
  private final KafkaSubscriptions listeners;
  private final List<Subscription> subscriptions;
  private final List<StateFeed> feeds;
  private final Map<String, Object> consumerConfig;
  private final RecordDecoder decoder;
  private final Thread starter;
  private volatile Optional<String> missing = Optional.of("the broker has not answered yet");
  private volatile boolean running;
  private @Nullable Admin asker;

  KafkaBackbone(
      Map<String, Object> adminConfig,
      KafkaTopics topics,
      SchemaExchange exchange,
      Producer<byte[], byte[]> producer,
      OutboxRelay relay,
      DatabaseSchema schema,
      KafkaSubscriptions listeners,
      List<Subscription> subscriptions,
      List<StateFeed> feeds,
      Map<String, Object> consumerConfig,
      RecordDecoder decoder) {
    this.adminConfig = adminConfig;
    this.topics = topics;
    this.exchange = exchange;
    this.producer = producer;
    this.relay = relay;
    this.schema = schema;
    this.listeners = listeners;
    this.subscriptions = subscriptions;
    this.feeds = feeds;
    this.consumerConfig = consumerConfig;
    this.decoder = decoder;
    this.starter = Thread.ofPlatform().daemon().name("kafka-start").unstarted(this::bringUp);
  }

  /** Whether topics stand and schemas are announced: only then may the relay send. */
  boolean announced() {
    return missing.isEmpty();
  }

  /** What is missing before this service can speak; empty when it can. */
  Optional<String> missing() {
    return missing;
  }

  /** What is wrong with the broker now; empty when it answers. */
  Optional<String> ask(Duration atMost) {
    try {
      List<String> stopped = listeners.stopped();
      if (!stopped.isEmpty()) {
        return Optional.of("listens no more: " + String.join(", ", stopped));
      }
      asker().describeCluster().nodes().get(atMost.toMillis(), TimeUnit.MILLISECONDS);
      return Optional.empty();
    } catch (ExecutionException | TimeoutException | KafkaException e) {
      return Optional.of("the broker does not answer");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of("interrupted");
    }
  }

  private synchronized Admin asker() {
    if (asker == null) {
      asker = Admin.create(adminConfig);
    }
    return asker;
  }

  private void bringUp() {
    while (running) {
      try (Admin admin = Admin.create(adminConfig)) {
        topics.ensure(admin);
        exchange.start();
        feeds.forEach(feed -> feed.start(consumerConfig, decoder));
        break;
      } catch (ExecutionException | KafkaException e) {
        missing = Optional.of("topics can't be created: " + e.getMessage());
        log.warn("The broker is not ready: {}", e.toString());
        if (!pause()) {
          return;
        }
      } catch (InterruptedException e) {
        return;
      }
    }
    while (running) {
      try {
        if (!exchange.caughtUp() && !pause()) {
          return;
        }
        if (exchange.caughtUp()) {
          exchange.announce(producer);
          break;
        }
      } catch (ExecutionException | KafkaException e) {
        missing = Optional.of("schemas can't be announced: " + e.getMessage());
        log.warn("Schemas are not announced yet: {}", e.toString());
      } catch (InterruptedException e) {
        return;
      }
    }
    if (awaitDatabase()) {
      missing = Optional.empty();
      relay.wake();
      subscriptions.forEach(listeners::start);
    }
  }

  private boolean awaitDatabase() {
    try {
      while (running && !schema.await(Duration.ofSeconds(1))) {
        missing = Optional.of("the database has not been brought up to date yet");
      }
      return running;
    } catch (InterruptedException e) {
      return false;
    }
  }

  private synchronized void closeAsker() {
    if (asker != null) {
      asker.close(Duration.ofSeconds(1));
    }
  }

  private static boolean pause() {
    try {
      Thread.sleep(Duration.ofMillis(100));
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }

  @Override
  public void start() {
    running = true;
    relay.start();
    starter.start();
  }

  @Override
  public void stop() {
    running = false;
    starter.interrupt();
    listeners.close();
    feeds.forEach(StateFeed::close);
    exchange.close();
    relay.close();
    producer.close(Duration.ofSeconds(2));
    closeAsker();
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
