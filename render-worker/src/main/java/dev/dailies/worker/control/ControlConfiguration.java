package dev.dailies.worker.control;

import dev.dailies.contracts.Topic;
import dev.dailies.contracts.WorkerId;
import dev.dailies.contracts.event.CancelRender;
import dev.dailies.contracts.event.DrainWorker;
import dev.dailies.contracts.event.ParkedRenderDecided;
import dev.dailies.messaging.StateFeed;
import dev.dailies.worker.WorkerProperties;
import dev.dailies.worker.claim.Claiming;
import dev.dailies.worker.flow.HeldRenders;
import dev.dailies.worker.flow.LeaseKeeper;
import dev.dailies.worker.flow.RenderFlow;
import dev.dailies.worker.flow.WorkerSignals;
import dev.dailies.worker.ledger.RenderLedger;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ControlConfiguration {
  @Bean
  Drain drain(
      ObjectProvider<Claiming> claiming,
      HeldRenders held,
      RenderFlow flow,
      LeaseKeeper leases,
      WorkerSignals signals,
      WorkerProperties properties) {
    return new Drain(
        claiming::getObject, held, flow, leases, signals.changed(), properties.drainBudget());
  }

  @Bean
  StateFeed renderControl(
      WorkerId self,
      WorkerProperties properties,
      RenderLedger ledger,
      RenderFlow flow,
      Drain drain) {
    ApplyControl control = new ApplyControl(self, properties.pool(), ledger, flow, drain);
    return StateFeed.of(Topic.RENDER_CONTROL)
        .on(CancelRender.class, control::cancel)
        .on(DrainWorker.class, control::drain)
        .on(ParkedRenderDecided.class, control::decide)
        .build();
  }
}
