package dev.dailies.messaging;

import dev.dailies.contracts.EventCodec;
import dev.dailies.contracts.EventSchemas;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Gives a service its outbox, and starts its subscriptions and state feeds. */
@AutoConfiguration(
    afterName = {
      "org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration",
      "org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration",
      "org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration",
      "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration"
    })
@EnableConfigurationProperties(MessagingProperties.class)
public class MessagingConfiguration {
  private static final Duration RELAY_HANGS = Duration.ofSeconds(15);

  /** Less than what makes a relay one that hangs: while it waits here it says nothing. */
  private static final Duration NO_METADATA = Duration.ofSeconds(8);

  @Bean
  DatabaseSchema databaseSchema() {
    return new DatabaseSchema();
  }

  /** The start does not wait for a database that is away; what needs it does. */
  @Bean
  FlywayMigrationStrategy flywayMigrationStrategy(DatabaseSchema schema) {
    return schema::migrate;
  }

  @Bean
  SchemaHealthIndicator schemaHealthIndicator(DatabaseSchema schema) {
    return new SchemaHealthIndicator(schema);
  }

  @Bean
  EventSchemas eventSchemas() {
    return new EventSchemas();
  }

  @Bean
  EventCodec eventCodec(EventSchemas schemas) {
    return new EventCodec(schemas);
  }

  @Bean
  TraceParent traceParent(ObjectProvider<Tracer> tracer, ObjectProvider<Propagator> propagator) {
    return new TraceParent(tracer::getIfAvailable, propagator::getIfAvailable);
  }

  /** Never gives up on a record, keeps order, and sends at once. */
  @Bean(destroyMethod = "")
  Producer<byte[], byte[]> outboxProducer(KafkaProperties kafka) {
    return new KafkaProducer<>(
        producerConfig(kafka), new ByteArraySerializer(), new ByteArraySerializer());
  }

  private static Map<String, Object> producerConfig(KafkaProperties kafka) {
    Map<String, Object> config = new HashMap<>(kafka.buildProducerProperties());
    config.put(ProducerConfig.ACKS_CONFIG, "all");
    config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    config.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, NO_METADATA.toMillis());
    config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Integer.MAX_VALUE);
    config.remove(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG);
    config.remove(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG);
    return config;
  }

  @Bean
  SchemaExchange schemaExchange(EventSchemas schemas, KafkaProperties kafka) {
    return new SchemaExchange(schemas, consumerConfig(kafka));
  }

  private static Map<String, Object> consumerConfig(KafkaProperties kafka) {
    Map<String, Object> config = new HashMap<>(kafka.buildConsumerProperties());
    config.remove("key.deserializer");
    config.remove("value.deserializer");
    return config;
  }

  @Bean
  RecordDecoder recordDecoder(
      EventCodec codec,
      SchemaExchange exchange,
      MessagingProperties properties,
      MeterRegistry meters) {
    return new RecordDecoder(codec, exchange, properties.schemaWait(), meters);
  }

  @Bean
  OutboxRelay outboxRelay(
      DataSource dataSource,
      Producer<byte[], byte[]> producer,
      ObjectProvider<KafkaBackbone> backbone,
      MessagingProperties properties,
      MeterRegistry meters) {
    return new OutboxRelay(
        dataSource,
        producer,
        () -> backbone.getObject().announced(),
        properties.scanInterval(),
        RELAY_HANGS,
        meters);
  }

  @Bean
  Outbox outbox(
      JdbcClient jdbc, MessagingProperties properties, TraceParent trace, OutboxRelay relay) {
    return new JdbcOutbox(jdbc, properties.service(), trace, relay::wake, Clock.systemUTC());
  }

  @Bean
  KafkaBackbone kafkaBackbone(
      KafkaProperties kafka,
      MessagingProperties properties,
      SchemaExchange exchange,
      Producer<byte[], byte[]> producer,
      OutboxRelay relay,
      DatabaseSchema schema,
      ObjectProvider<Subscription> subscriptions,
      ObjectProvider<StateFeed> feeds,
      RecordDecoder decoder,
      JdbcClient jdbc,
      PlatformTransactionManager transactions,
      MeterRegistry meters,
      ApplicationContext context) {
    Map<String, Object> config = producerConfig(kafka);
    config.remove(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG);
    KafkaSubscriptions listeners =
        new KafkaSubscriptions(
            properties,
            consumerConfig(kafka),
            new KafkaTemplate<>(
                new DefaultKafkaProducerFactory<>(
                    config, new ByteArraySerializer(), new ByteArraySerializer())),
            decoder,
            new Inbox(jdbc),
            new TransactionTemplate(transactions),
            meters,
            context);
    return new KafkaBackbone(
        kafka.buildAdminProperties(),
        new KafkaTopics(properties.replication(), properties.pools()),
        exchange,
        producer,
        relay,
        schema,
        listeners,
        subscriptions.stream().toList(),
        feeds.stream().toList(),
        consumerConfig(kafka),
        decoder);
  }

  @Bean
  KafkaHealthIndicator brokerHealthIndicator(KafkaBackbone backbone) {
    return new KafkaHealthIndicator(backbone);
  }
}
