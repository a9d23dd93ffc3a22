package dev.dailies.asset.ingest;

import dev.dailies.asset.AssetMeters;
import dev.dailies.asset.AssetProperties;
import dev.dailies.asset.delivery.ViewJudge;
import dev.dailies.asset.erasure.Erasures;
import dev.dailies.asset.provenance.Labeller;
import dev.dailies.asset.provenance.XmpLabeller;
import dev.dailies.asset.quality.StructureChecks;
import dev.dailies.contracts.event.RenderCompleted;
import dev.dailies.media.Scratch;
import dev.dailies.messaging.Outbox;
import dev.dailies.messaging.Subscription;
import dev.dailies.vault.AssetVault;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.util.Locale;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** Wires the taking in of results. */
@Configuration(proxyBeanMethods = false)
class IngestConfiguration {
  @Bean
  IngestQueue ingestQueue(JdbcClient jdbc) {
    return new JdbcIngestQueue(jdbc);
  }

  @Bean
  ResultLedger resultLedger(
      JdbcClient jdbc,
      PlatformTransactionManager transactions,
      Outbox outbox,
      ViewJudge views,
      JsonMapper json) {
    return new JdbcResultLedger(jdbc, new TransactionTemplate(transactions), outbox, views, json);
  }

  @Bean
  Labeller labeller() {
    return new XmpLabeller();
  }

  @Bean
  Scratch scratch(AssetProperties properties, MeterRegistry meters) throws IOException {
    Scratch scratch = Scratch.open(properties.scratch(), properties.scratchReserve().toBytes());
    Gauge.builder(
            AssetMeters.SCRATCH_FREE.getName(),
            scratch,
            s -> {
              try {
                return s.usable();
              } catch (IOException e) {
                return Double.NaN;
              }
            })
        .baseUnit("bytes")
        .register(meters);
    return scratch;
  }

  @Bean
  IngestAsset ingestAsset(
      AssetVault vault,
      ResultLedger results,
      Scratch scratch,
      AssetProperties properties,
      Labeller labeller) {
    return new IngestAsset(
        vault, results, scratch, new StructureChecks(properties.longest()), labeller);
  }

  @Bean(initMethod = "start")
  IngestWorker ingestWorker(
      IngestQueue queue,
      IngestAsset ingest,
      ResultLedger results,
      AssetProperties properties,
      MeterRegistry meters) {
    IngestWorker worker =
        new IngestWorker(
            queue,
            ingest,
            results,
            new IngestWorker.Pace(
                properties.ingests(), properties.lease(), properties.scan(), properties.patience()),
            (outcome, length) ->
                meters
                    .timer(
                        AssetMeters.INGESTS.getName(), "outcome", outcome.toLowerCase(Locale.ROOT))
                    .record(length));
    Gauge.builder(AssetMeters.RUNNING.getName(), worker, IngestWorker::busy).register(meters);
    return worker;
  }

  @Bean
  Subscription renders(IngestQueue queue, Erasures erasures, IngestWorker worker) {
    return Subscription.named("renders")
        .on(RenderCompleted.class, new RenderCompletedListener(queue, erasures, worker::wake))
        .build();
  }

  @Bean
  HealthIndicator scratchHealthIndicator(Scratch scratch) {
    return new ScratchHealthIndicator(scratch);
  }

  @Bean
  HealthIndicator ffmpegHealthIndicator() {
    return new FfmpegHealthIndicator();
  }
}
