package dev.dailies.worker.heartbeat;

import dev.dailies.contracts.WorkerId;
import dev.dailies.worker.WorkerProperties;
import dev.dailies.worker.claim.Claiming;
import dev.dailies.worker.endpoint.EndpointRegistry;
import dev.dailies.worker.endpoint.EndpointWatch;
import dev.dailies.worker.flow.HeldRenders;
import dev.dailies.worker.flow.WorkerSignals;
import dev.dailies.worker.ledger.RenderLedger;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.info.BuildProperties;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class HeartbeatConfiguration {
  @Bean
  Heartbeat heartbeat(
      WorkerId self,
      WorkerProperties properties,
      ObjectProvider<BuildProperties> build,
      RenderLedger ledger,
      EndpointRegistry registry,
      EndpointWatch watch,
      HeldRenders held,
      Claiming claiming,
      KafkaProperties kafka,
      WorkerSignals signals) {
    BuildProperties built = build.getIfAvailable();
    TakePulse pulse =
        new TakePulse(
            new TakePulse.Identity(
                self,
                properties.pool(),
                built == null ? "unbuilt" : String.valueOf(built.getVersion()),
                properties.region()),
            ledger,
            registry,
            watch,
            held,
            claiming,
            Clock.systemUTC());
    return new KafkaHeartbeat(
        producer(kafka, properties), pulse, signals.changed(), properties.heartbeat());
  }

  private static Map<String, Object> producer(KafkaProperties kafka, WorkerProperties properties) {
    Map<String, Object> config = new HashMap<>(kafka.buildProducerProperties());
    config.remove(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG);
    config.remove(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG);
    int beat = (int) Math.max(1000, properties.heartbeat().toMillis());
    // A beat that is not out by the next one is worth nothing any more.
    config.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, beat);
    config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, beat);
    config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, (long) beat);
    return config;
  }
}
