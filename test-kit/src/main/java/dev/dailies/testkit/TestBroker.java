package dev.dailies.testkit;

import dev.dailies.parts.KafkaBroker;
import java.util.Map;

/**
 * A real Kafka broker for tests, in a process of its own.
 *
 * <p>{@link #shared()} is the one of this JVM: started at the first call (about four seconds), gone
 * with the JVM. A test that stops or kills it starts it again before it ends; a test that wants
 * other broker settings takes a {@link #fresh} one and closes it.
 */
public final class TestBroker implements AutoCloseable {

  private static final class Shared {
    static final TestBroker BROKER = fresh(Map.of());
  }

  private final KafkaBroker broker;

  private TestBroker(KafkaBroker broker) {
    this.broker = broker;
  }

  /** The broker of this JVM. */
  public static TestBroker shared() {
    return Shared.BROKER;
  }

  /** Another broker, with these lines of {@code server.properties}. */
  public static TestBroker fresh(Map<String, String> properties) {
    KafkaBroker.Builder builder =
        KafkaBroker.on(WorkFolder.fresh("kafka"))
            .disposable()
            // Share groups redeliver within a test's patience.
            .property("group.share.min.record.lock.duration.ms", "1000");
    properties.forEach(builder::property);
    return new TestBroker(builder.start());
  }

  public String bootstrapServers() {
    return broker.bootstrapServers();
  }

  public int port() {
    return broker.port();
  }

  /** What a Spring test registers. */
  public Map<String, String> properties() {
    return Map.of("spring.kafka.bootstrap-servers", bootstrapServers());
  }

  /** For signals that no method here sends. */
  public long pid() {
    return broker.pid().orElseThrow(() -> new IllegalStateException("the broker is stopped"));
  }

  /** SIGKILL. */
  public void kill() {
    broker.kill();
  }

  /** An orderly end. */
  public void stop() {
    broker.stop();
  }

  /** Up again, on the same port and data; nothing if it runs. */
  public void start() {
    broker.start();
  }

  /** An orderly end and a start. */
  public void restart() {
    broker.stop();
    broker.start();
  }

  @Override
  public void close() {
    broker.kill();
    broker.close();
  }
}
