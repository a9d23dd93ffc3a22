package dev.dailies.worker.claim;

import dev.dailies.contracts.EventCodec;
import dev.dailies.contracts.Topic;
import dev.dailies.contracts.WorkerId;
import dev.dailies.messaging.StateFeed;
import dev.dailies.worker.WorkerProperties;
import dev.dailies.worker.endpoint.EndpointRegistry;
import dev.dailies.worker.endpoint.EndpointWatch;
import dev.dailies.worker.flow.HeldRenders;
import dev.dailies.worker.flow.LeaseKeeper;
import dev.dailies.worker.flow.RenderFlow;
import dev.dailies.worker.flow.RenderTally;
import dev.dailies.worker.flow.WorkerSignals;
import dev.dailies.worker.ledger.RenderLedger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.Producer;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ClaimConfiguration {
  /** What a share consumer refuses, or does by itself. Boot always sets the isolation level. */
  private static final List<String> NOT_FOR_SHARE_GROUPS =
      List.of(
          ConsumerConfig.ISOLATION_LEVEL_CONFIG,
          ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
          ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
          ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG,
          ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG,
          ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG,
          ConsumerConfig.GROUP_INSTANCE_ID_CONFIG,
          ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
          ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
          ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG);

  @Bean
  ClaimJobs claimJobs(
      WorkerId self,
      RenderLedger ledger,
      EndpointRegistry registry,
      EndpointWatch watch,
      RenderFlow flow,
      LeaseKeeper leases,
      RenderTally tally,
      WorkerProperties properties) {
    return new ClaimJobs(self, ledger, registry, watch, flow, leases, tally, properties.lease());
  }

  @Bean
  Claiming jobClaimer(
      KafkaProperties kafka,
      WorkerProperties properties,
      EventCodec codec,
      ClaimJobs claims,
      Producer<byte[], byte[]> producer,
      RenderTally tally,
      StateFeed renderControl,
      WorkerSignals signals) {
    return new KafkaJobClaimer(
        shareConsumer(kafka, properties),
        Topic.jobs(properties.pool()),
        new JobReader(codec, properties.pool()),
        claims,
        new KafkaJobDeadLetters(producer, tally),
        renderControl::caughtUp,
        signals.room());
  }

  private static Map<String, Object> shareConsumer(
      KafkaProperties kafka, WorkerProperties properties) {
    Map<String, Object> config = new HashMap<>(kafka.buildConsumerProperties());
    config.keySet().removeAll(NOT_FOR_SHARE_GROUPS);
    config.put(ConsumerConfig.GROUP_ID_CONFIG, Topic.shareGroup(properties.pool()));
    config.put(ConsumerConfig.SHARE_ACKNOWLEDGEMENT_MODE_CONFIG, "explicit");
    // The default gives a whole batch to one member, and the others starve.
    config.put(ConsumerConfig.SHARE_ACQUIRE_MODE_CONFIG, "record_limit");
    config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, properties.claimBatch());
    // While there is no room nothing is polled, for as long as a render may take.
    config.put(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, Integer.MAX_VALUE);
    return config;
  }

  @Bean(destroyMethod = "close")
  SlotAllotment slotAllotment(
      RenderLedger ledger,
      EndpointRegistry registry,
      EndpointWatch watch,
      HeldRenders held,
      RenderFlow flow,
      WorkerSignals signals) {
    return new SlotAllotment(ledger, registry, watch, held, flow, signals.slotFreed());
  }
}
