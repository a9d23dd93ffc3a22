package dev.dailies.worker.flow;

import dev.dailies.contracts.WorkerId;
import dev.dailies.messaging.TraceParent;
import dev.dailies.vault.AssetVault;
import dev.dailies.worker.WorkerProperties;
import dev.dailies.worker.endpoint.EndpointRegistry;
import dev.dailies.worker.endpoint.EndpointWatch;
import dev.dailies.worker.ledger.RenderLedger;
import dev.dailies.worker.upload.InputFetcher;
import dev.dailies.worker.upload.ResultUpload;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class FlowConfiguration {
  @Bean
  WorkerSignals workerSignals() {
    return WorkerSignals.create();
  }

  @Bean
  HeldRenders heldRenders() {
    return new HeldRenders();
  }

  @Bean(destroyMethod = "close")
  Timers renderTimers() {
    return new Timers();
  }

  @Bean
  InputFetcher inputFetcher(AssetVault vault, WorkerProperties properties, WorkerId self) {
    return new InputFetcher(
        vault,
        properties.scratchFolder().resolve(self.value()),
        properties.largestInput().toBytes());
  }

  @Bean
  RenderFlow renderFlow(
      RenderLedger ledger,
      HeldRenders held,
      Timers timers,
      EndpointRegistry registry,
      EndpointWatch watch,
      InputFetcher inputs,
      AssetVault vault,
      RenderTally tally,
      WorkerSignals signals,
      WorkerProperties properties,
      TraceParent trace) {
    EndRender end = new EndRender(ledger, registry, tally, signals::freed);
    FollowRender follow =
        new FollowRender(ledger, registry, end, signals::freed, properties.polls());
    return new RenderFlow(
        ledger,
        held,
        timers,
        new SubmitRender(
            ledger,
            registry,
            watch,
            inputs,
            new Stage("fetch inputs", properties.fetches()),
            end,
            tally),
        new ReconcileRender(ledger, registry, end, properties.reconcilePatience()),
        follow,
        new StoreRender(
            registry,
            follow,
            new ResultUpload(vault),
            new Stage("store results", properties.uploads()),
            end),
        end,
        trace,
        tally);
  }

  @Bean(destroyMethod = "close")
  LeaseKeeper leaseKeeper(
      WorkerId self,
      RenderLedger ledger,
      HeldRenders held,
      RenderFlow flow,
      RenderTally tally,
      WorkerProperties properties) {
    return new LeaseKeeper(self, ledger, held, flow, tally, properties.lease());
  }
}
