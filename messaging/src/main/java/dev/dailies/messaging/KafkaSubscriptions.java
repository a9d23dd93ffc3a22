package dev.dailies.messaging;

import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationContext;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.DeadLetterPublishingRecoverer;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.kafka.listener.MessageListener;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.backoff.ExponentialBackOff;
import org.springframework.util.backoff.FixedBackOff;

/** Runs the subscriptions of a service as listener containers. */
final class KafkaSubscriptions implements AutoCloseable {
  /** Header of a parked record: malformed, schema-unknown or handler-failed. */
  static final String PARKED_REASON = "dailies-parked-reason";

  private static final Duration AUTHORIZATION_PAUSE = Duration.ofSeconds(5);
  private static final Logger log = LoggerFactory.getLogger(KafkaSubscriptions.class);

  private final MessagingProperties properties;
  private final Map<String, Object> consumerConfig;
  private final KafkaTemplate<byte[], byte[]> template;
  private final RecordDecoder decoder;
  private final Inbox inbox;
  private final TransactionTemplate transactions;
  private final MeterRegistry meters;
  private final ApplicationContext context;
  private final List<ConcurrentMessageListenerContainer<byte[], byte[]>> containers =
      new CopyOnWriteArrayList<>();

  KafkaSubscriptions(
      MessagingProperties properties,
      Map<String, Object> consumerConfig,
      KafkaTemplate<byte[], byte[]> template,
      RecordDecoder decoder,
      Inbox inbox,
      TransactionTemplate transactions,
      MeterRegistry meters,
      ApplicationContext context) {
    this.properties = properties;
    this.consumerConfig = consumerConfig;
    this.template = template;
    this.decoder = decoder;
    this.inbox = inbox;
    this.transactions = transactions;
    this.meters = meters;
    this.context = context;
  }

  void start(Subscription subscription) {
    String group = properties.service() + "." + subscription.name();
    ContainerProperties container =
        new ContainerProperties(subscription.topics().toArray(String[]::new));
    container.setGroupId(group);
    container.setMissingTopicsFatal(false);
    container.setObservationEnabled(true);
    // A container would stop for good at refused credentials, which an operator mends; and at an
    // Error, which takeOrFail wraps.
    container.setAuthExceptionRetryInterval(AUTHORIZATION_PAUSE);
    container.setMessageListener(
        (MessageListener<byte[], byte[]>) record -> takeOrFail(subscription, group, record));
    Map<String, Object> config = new HashMap<>(consumerConfig);
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    config.put(
        ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, (int) properties.sessionTimeout().toMillis());
    config.put(
        ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG,
        (int) properties.sessionTimeout().dividedBy(4).toMillis());
    if (properties.instance() != null && !properties.instance().isBlank()) {
      config.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, properties.instance());
    }
    ConcurrentMessageListenerContainer<byte[], byte[]> running =
        new ConcurrentMessageListenerContainer<>(
            new DefaultKafkaConsumerFactory<>(
                config, new ByteArrayDeserializer(), new ByteArrayDeserializer()),
            container);
    running.setBeanName(group);
    running.setApplicationContext(context);
    running.setCommonErrorHandler(errorHandler());
    containers.add(running);
    running.start();
  }

  private void takeOrFail(
      Subscription subscription, String group, ConsumerRecord<byte[], byte[]> record) {
    try {
      take(subscription, group, record);
    } catch (StackOverflowError | OutOfMemoryError | LinkageError e) {
      throw new IllegalStateException("a handler failed with " + e.getClass().getSimpleName(), e);
    }
  }

  private void take(
      Subscription subscription, String group, ConsumerRecord<byte[], byte[]> record) {
    String outcome;
    if (record.value() == null) {
      outcome = takeTombstone(subscription, record);
    } else {
      Optional<SpecificRecord> value = decoder.decode(record);
      outcome = transactions.execute(status -> takeValue(subscription, group, record, value));
    }
    count(record.topic(), outcome);
  }

  private String takeTombstone(Subscription subscription, ConsumerRecord<byte[], byte[]> record) {
    Optional<TombstoneHandler> handler = subscription.handlers().tombstoneHandlerOf(record.topic());
    EventContext at = RecordDecoder.context(record, Optional.empty());
    handler.ifPresent(h -> transactions.executeWithoutResult(status -> h.on(at.key(), at)));
    return handler.isPresent() ? "handled" : "skipped";
  }

  private String takeValue(
      Subscription subscription,
      String group,
      ConsumerRecord<byte[], byte[]> record,
      Optional<SpecificRecord> value) {
    Inbox.Arrival arrival =
        RecordDecoder.position(record, value)
            .map(at -> inbox.note(group, at))
            .orElse(Inbox.Arrival.NEXT);
    if (arrival == Inbox.Arrival.AFTER_GAP) {
      meters.counter(MessagingMeters.GAPS.getName(), "topic", record.topic()).increment();
      log.warn(
          "A gap before {} (offset {} of {}-{})",
          RecordDecoder.position(record, value).orElseThrow(),
          record.offset(),
          record.topic(),
          record.partition());
    }
    if (arrival == Inbox.Arrival.DUPLICATE) {
      return "duplicate";
    }
    Optional<EventHandler<SpecificRecord>> handler =
        value.flatMap(v -> subscription.handlers().handlerOf(v));
    if (handler.isEmpty()) {
      return "skipped";
    }
    handler.get().on(value.orElseThrow(), RecordDecoder.context(record, value));
    return arrival == Inbox.Arrival.LATE ? "late" : "handled";
  }

  private DefaultErrorHandler errorHandler() {
    DeadLetterPublishingRecoverer recoverer =
        new DeadLetterPublishingRecoverer(
            template,
            (record, failure) ->
                new TopicPartition(dev.dailies.contracts.Topic.deadLetter(record.topic()), -1));
    recoverer.excludeHeader(
        DeadLetterPublishingRecoverer.HeaderNames.HeadersToAdd.EX_STACKTRACE,
        DeadLetterPublishingRecoverer.HeaderNames.HeadersToAdd.EX_MSG);
    recoverer.setHeadersFunction((record, failure) -> {
      RecordHeaders headers = new RecordHeaders();
      headers.add(PARKED_REASON, reasonOf(failure).getBytes(StandardCharsets.UTF_8));
      return headers;
    });
    ExponentialBackOff unending = new ExponentialBackOff(200, 2);
    unending.setMaxInterval(5_000);
    ExponentialBackOff few = new ExponentialBackOff(100, 4);
    few.setMaxInterval(1_000);
    few.setMaxAttempts(4);
    FixedBackOff never = new FixedBackOff(0, 0);
    DefaultErrorHandler handler =
        new DefaultErrorHandler(
            (record, failure) -> {
              count(record.topic(), "parked");
              log.error(
                  "Parked offset {} of {}-{} as {}",
                  record.offset(),
                  record.topic(),
                  record.partition(),
                  reasonOf(failure),
                  failure);
              recoverer.accept(record, failure);
            },
            few);
    handler.setBackOffFunction((record, failure) ->
        unreadable(failure).isPresent() ? never : passing(failure) ? unending : few);
    return handler;
  }

  private static Optional<UnreadableRecord> unreadable(Throwable failure) {
    return causes(failure)
        .filter(UnreadableRecord.class::isInstance)
        .map(UnreadableRecord.class::cast)
        .findFirst();
  }

  private static String reasonOf(Throwable failure) {
    return unreadable(failure).map(UnreadableRecord::reason).orElse("handler-failed");
  }

  private static boolean passing(Throwable failure) {
    return causes(failure)
        .anyMatch(cause ->
            cause instanceof TransientFailure
                || cause instanceof CannotCreateTransactionException
                || cause instanceof TransactionSystemException
                || cause instanceof CannotGetJdbcConnectionException
                || cause instanceof TransientDataAccessException
                || cause instanceof RecoverableDataAccessException
                || cause instanceof NonTransientDataAccessResourceException
                || cause instanceof KafkaException);
  }

  private static java.util.stream.Stream<Throwable> causes(Throwable failure) {
    return java.util.stream.Stream.iterate(failure, c -> c != null, Throwable::getCause).limit(20);
  }

  private void count(String topic, String outcome) {
    meters.counter(MessagingMeters.TAKEN.getName(), "topic", topic, "outcome", outcome).increment();
  }

  /**
   * Names of the subscriptions that have stopped by themselves and need a restart of the process.
   */
  List<String> stopped() {
    return containers.stream()
        .filter(container -> !container.isInExpectedState())
        .map(ConcurrentMessageListenerContainer::getGroupId)
        .toList();
  }

  @Override
  public void close() {
    containers.forEach(ConcurrentMessageListenerContainer::stop);
  }
}
