package dev.dailies.worker;

import dev.dailies.contracts.WorkerId;
import dev.dailies.messaging.StateFeed;
import dev.dailies.worker.claim.Claiming;
import dev.dailies.worker.claim.SlotAllotment;
import dev.dailies.worker.control.Drain;
import dev.dailies.worker.endpoint.EndpointRegistry;
import dev.dailies.worker.endpoint.EndpointWatch;
import dev.dailies.worker.flow.HeldRenders;
import dev.dailies.worker.flow.LeaseKeeper;
import dev.dailies.worker.flow.RenderTally;
import dev.dailies.worker.heartbeat.Heartbeat;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(WorkerProperties.class)
class WorkerConfiguration {
  private static final Logger log = LoggerFactory.getLogger(WorkerConfiguration.class);

  /** A restarted process is another worker: it holds nothing that the old one held. */
  @Bean
  WorkerId workerId() {
    return WorkerId.mint();
  }

  @Bean
  RenderTally renderTally(MeterRegistry meters) {
    return new RenderMeters(meters);
  }

  @Bean
  Gauge heldGauge(MeterRegistry meters, HeldRenders held) {
    return Gauge.builder(WorkerMeters.HELD.getName(), held, HeldRenders::size).register(meters);
  }

  @Bean
  EndpointsIndicator endpointsHealthIndicator(
      EndpointRegistry registry, EndpointWatch watch, StateFeed renderControl) {
    return new EndpointsIndicator(registry, watch, renderControl::caughtUp);
  }

  /** Depends on messaging's own life: what a drain says must still go out. */
  @Bean
  @DependsOn("kafkaBackbone")
  SmartLifecycle workerLife(
      WorkerId self,
      WorkerProperties properties,
      EndpointWatch watch,
      LeaseKeeper leases,
      SlotAllotment slots,
      Claiming claiming,
      Heartbeat heartbeat,
      Drain drain) {
    return new SmartLifecycle() {
      private volatile boolean running;

      @Override
      public void start() {
        log.info("Worker {} of pool {}", self, properties.pool());
        running = true;
        watch.start();
        leases.start();
        slots.start();
        claiming.start();
        heartbeat.start();
      }

      @Override
      public void stop() {
        drain.run();
        heartbeat.stop();
        running = false;
      }

      @Override
      public boolean isRunning() {
        return running;
      }
    };
  }
}
