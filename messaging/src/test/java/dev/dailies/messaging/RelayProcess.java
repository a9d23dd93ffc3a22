package dev.dailies.messaging;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.postgresql.ds.PGSimpleDataSource;

/** A relay in a process of its own, to be killed. Ends when its standard input does. */
final class RelayProcess {
  private RelayProcess() {}

  public static void main(String[] args) throws IOException {
    PGSimpleDataSource dataSource = new PGSimpleDataSource();
    dataSource.setUrl(args[1]);
    dataSource.setUser(args[2]);
    dataSource.setPassword(args[3]);
    KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                args[0],
                ProducerConfig.LINGER_MS_CONFIG,
                0,
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                Integer.MAX_VALUE),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    OutboxRelay relay =
        new OutboxRelay(
            dataSource,
            producer,
            () -> true,
            Duration.ofMillis(20),
            Duration.ofSeconds(2),
            new SimpleMeterRegistry());
    relay.start();
    while (System.in.read() >= 0) {
      relay.wake();
    }
    Runtime.getRuntime().halt(0);
  }
}
