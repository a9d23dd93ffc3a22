package dev.dailies.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dailies.contracts.Topic;
import dev.dailies.contracts.WorkerId;
import dev.dailies.contracts.event.DrainWorker;
import dev.dailies.contracts.event.RenderClaimed;
import dev.dailies.contracts.event.RenderCompleted;
import dev.dailies.contracts.event.RenderJob;
import dev.dailies.contracts.event.RenderReleased;
import dev.dailies.contracts.event.RenderSubmitted;
import dev.dailies.contracts.event.WorkerHeartbeat;
import dev.dailies.worker.fixture.FakeModelServer;
import dev.dailies.worker.fixture.FakeModelServer.Create;
import dev.dailies.worker.fixture.Jobs;
import dev.dailies.worker.fixture.Wire;
import dev.dailies.worker.fixture.Workers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.context.ConfigurableApplicationContext;

/** Several workers of one pool, of which some stop in the middle. */
@Timeout(90)
class WorkerPoolTest {
  private final Wire wire = new Wire();
  private final Workers workers =
      new Workers("pool-" + Long.toString(System.nanoTime(), 36), FakeModelServer.start())
          .set("dailies.worker.drain-budget", "1s");

  @AfterEach
  void stop() {
    workers.close();
  }

  private RenderJob release() {
    return wire.release(Jobs.job(workers.pool()));
  }

  private static String id(ConfigurableApplicationContext worker) {
    return worker.getBean(WorkerId.class).value();
  }

  @Test
  void twoWorkersRenderEachJobOnceAndShareTheSlots() {
    workers.registry(3).set("dailies.worker.claim-batch", "2");
    workers.server().renderTime(Duration.ofMillis(150));
    workers.startOne();
    workers.startOne();
    List<RenderJob> jobs = new ArrayList<>();
    for (int i = 0; i < 24; i++) {
      jobs.add(release());
    }
    Set<String> claimers = new HashSet<>();
    for (RenderJob job : jobs) {
      claimers.add(renderedOnce(job));
    }
    // The second joins the group when it likes; from then on it gets its share.
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> {
          List<RenderJob> more = List.of(release(), release(), release(), release());
          more.forEach(job -> claimers.add(renderedOnce(job)));
          return claimers.size() == 2;
        });
    assertThat(workers.server().mostRunning()).isBetween(2, 3);
  }

  private String renderedOnce(RenderJob job) {
    wire.await(job, RenderCompleted.class);
    assertThat(wire.story(job))
        .containsExactly("RenderClaimed", "RenderSubmitted", "RenderCompleted");
    assertThat(workers.server().paid(job.getRender())).isEqualTo(1);
    return wire.await(job, RenderClaimed.class).getWorker();
  }

  @Test
  void whatADeadWorkerLeavesIsTakenOver() {
    workers.registry(2);
    workers.server().renderTime(Duration.ofSeconds(4));
    ConfigurableApplicationContext dead = workers.startOne();
    RenderJob running = release();
    RenderJob second = release();
    wire.await(running, RenderSubmitted.class);
    wire.await(second, RenderSubmitted.class);
    RenderJob waiting = release();
    wire.await(waiting, RenderClaimed.class);
    Workers.freeze(dead);

    ConfigurableApplicationContext alive = workers.startOne();
    // Nothing was submitted of it: dispatch decides on the next attempt.
    assertThat(wire.await(waiting, RenderReleased.class).getReason()).isEqualTo("worker_gone");
    wire.await(running, RenderCompleted.class);
    wire.await(second, RenderCompleted.class);
    for (RenderJob job : List.of(running, second)) {
      assertThat(workers.server().paid(job.getRender())).isEqualTo(1);
      assertThat(wire.story(job))
          .containsExactly("RenderClaimed", "RenderSubmitted", "RenderCompleted");
    }
    RenderJob next = release();
    assertThat(wire.await(next, RenderClaimed.class).getWorker()).isEqualTo(id(alive));
  }

  @Test
  void aCreateInFlightWhenItsWorkerDiesIsFoundByAnother() {
    workers.registry(2);
    workers.server().next(Create.HANG_AFTER_ACCEPT);
    ConfigurableApplicationContext dead = workers.startOne();
    RenderJob job = release();
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> workers.server().paid(job.getRender()) == 1);
    Workers.freeze(dead);

    workers.startOne();
    wire.await(job, RenderCompleted.class);
    assertThat(workers.server().paid(job.getRender())).isEqualTo(1);
  }

  @Test
  void aStoppedWorkerHandsOverAtOnce() {
    workers.registry(1).set("dailies.worker.lease", "60s");
    workers.server().renderTime(Duration.ofSeconds(3));
    ConfigurableApplicationContext first = workers.startOne();
    RenderJob running = release();
    wire.await(running, RenderSubmitted.class);
    RenderJob waiting = release();
    wire.await(waiting, RenderClaimed.class);
    first.close();

    assertThat(wire.await(waiting, RenderReleased.class).getReason()).isEqualTo("drained");
    workers.startOne();
    // Well before the lease of a minute would have lapsed.
    wire.await(running, RenderCompleted.class);
    assertThat(workers.server().paid(running.getRender())).isEqualTo(1);
  }

  @Test
  void aWorkerIsDrainedByControl() {
    workers.registry(1);
    ConfigurableApplicationContext first = workers.startOne();
    wire.await(release(), RenderCompleted.class);
    wire.control(
        id(first),
        DrainWorker.newBuilder()
            .setEnvelope(Wire.envelope("worker", id(first)))
            .setWorker(id(first))
            .build());
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(() ->
            wire.all(Topic.WORKER_HEARTBEATS, WorkerHeartbeat.class).stream()
                .filter(beat -> beat.getWorker().equals(id(first)))
                .reduce((earlier, later) -> later)
                .filter(last -> !last.getClaiming())
                .isPresent());
    ConfigurableApplicationContext second = workers.startOne();
    RenderJob job = release();
    assertThat(wire.await(job, RenderClaimed.class).getWorker()).isEqualTo(id(second));
    wire.await(job, RenderCompleted.class);
  }
}
