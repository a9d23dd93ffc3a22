package dev.dailies.animatic;

import dev.dailies.animatic.controls.ControlDesk;
import dev.dailies.animatic.jobs.Derivatives;
import dev.dailies.animatic.jobs.EndJob;
import dev.dailies.animatic.jobs.JobRunner;
import dev.dailies.animatic.jobs.JobStore;
import dev.dailies.animatic.jobs.RestoreJobs;
import dev.dailies.animatic.jobs.RunJob;
import dev.dailies.animatic.jobs.SubmitClip;
import dev.dailies.animatic.jobs.SweepJobs;
import dev.dailies.animatic.jobs.Tariff;
import dev.dailies.animatic.journal.Journal;
import dev.dailies.animatic.render.ClipRenderer;
import dev.dailies.animatic.render.FfmpegClipRenderer;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the endpoint together. */
@Configuration(proxyBeanMethods = false)
class AnimaticConfiguration {
  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }

  @Bean
  Journal journal(AnimaticProperties properties) throws IOException {
    return new Journal(properties.data().resolve("journal.jsonl"));
  }

  @Bean
  JobStore jobStore(AnimaticProperties properties) throws IOException {
    return new JobStore(properties.data().resolve("jobs"));
  }

  @Bean
  ClipRenderer clipRenderer(AnimaticProperties properties) throws IOException {
    return new FfmpegClipRenderer(properties.data().resolve("fonts"), properties.renderLimit());
  }

  @Bean
  ControlDesk controlDesk(AnimaticProperties properties) {
    return new ControlDesk(properties.controls());
  }

  @Bean
  AnimaticMeters animaticMeters(MeterRegistry registry) {
    return new AnimaticMeters(registry);
  }

  @Bean
  EndJob endJob(JobStore store, Journal journal, AnimaticMeters meters, Clock clock) {
    return new EndJob(store, journal, meters, clock);
  }

  @Bean
  RunJob runJob(
      JobStore store,
      ClipRenderer renderer,
      EndJob end,
      ControlDesk desk,
      AnimaticMeters meters,
      Clock clock) {
    return new RunJob(store, renderer, end, desk, meters, clock);
  }

  @Bean
  JobRunner jobRunner(
      JobStore store,
      RunJob work,
      EndJob end,
      Journal journal,
      AnimaticMeters meters,
      AnimaticProperties properties)
      throws IOException {
    JobRunner runner = new JobRunner(store, work, end, properties.slots(), properties.queue());
    meters.watch(runner);
    RestoreJobs restore = new RestoreJobs(store, runner, journal, end);
    if (properties.forgetful()) {
      restore.forget();
    } else {
      restore.restore();
    }
    return runner;
  }

  @Bean
  SubmitClip submitClip(
      JobStore store,
      JobRunner runner,
      Journal journal,
      EndJob end,
      AnimaticProperties properties,
      Clock clock) {
    Tariff tariff = new Tariff(properties.pricePerSecond(), properties.currency());
    return new SubmitClip(store, runner, journal, end, tariff, clock);
  }

  @Bean
  SweepJobs sweepJobs(JobStore store, AnimaticProperties properties, Clock clock) {
    return new SweepJobs(store, properties.keep(), properties.keepBytes().toBytes(), clock);
  }

  @Bean
  Derivatives derivatives(JobStore store, ClipRenderer renderer) {
    return new Derivatives(store, renderer);
  }

  @Bean
  RendererIndicator rendererHealthIndicator(JobRunner runner, AnimaticProperties properties) {
    return new RendererIndicator(runner, properties.data());
  }
}
