package dev.dailies.animatic;

import dev.dailies.animatic.jobs.JobRunner;
import dev.dailies.media.MediaPrograms;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Would a clip be rendered and kept now? */
final class RendererIndicator implements HealthIndicator {
  private final JobRunner runner;
  private final Path data;

  RendererIndicator(JobRunner runner, Path data) {
    this.runner = runner;
    this.data = data;
  }

  @Override
  public Health health() {
    boolean programs = MediaPrograms.obstacle().isEmpty();
    boolean room = Files.isWritable(data);
    Health.Builder health = programs && room ? Health.up() : Health.down();
    return health
        .withDetail("ffmpeg", programs)
        .withDetail("data_writable", room)
        .withDetail("slots", runner.slots())
        .withDetail("running", runner.runningCount())
        .withDetail("waiting", runner.waitingCount())
        .build();
  }
}
