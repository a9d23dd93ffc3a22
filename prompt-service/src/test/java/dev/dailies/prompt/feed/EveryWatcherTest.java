package dev.dailies.prompt.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dailies.contracts.event.ModerationOutcome;
import dev.dailies.contracts.event.RenderJob;
import dev.dailies.prompt.Crew;
import dev.dailies.prompt.Stage;
import dev.dailies.testkit.FaultProxy;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Watchers during a batch, over two processes of which one ends: each event once and in order. */
class EveryWatcherTest {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final int WATCHERS = Integer.getInteger("dailies.watchers", 100);
  private static final int GENERATIONS = 20;
  private static final long SEED = Long.getLong("dailies.seed", System.nanoTime());
  private static final Stage stage = Stage.shared();

  /** A client that leaves at random points, and resumes at the other process or the same. */
  private static final class Restless implements Runnable {
    private final String path;
    private final List<Stage> processes;
    private final Random random;
    private final List<Long> told = Collections.synchronizedList(new ArrayList<>());
    private volatile long last;
    private volatile boolean done;
    private volatile String doing = "nothing yet";
    private volatile Optional<EventClient> open = Optional.empty();

    Restless(String path, List<Stage> processes, long last, long seed) {
      this.path = path;
      this.processes = processes;
      this.last = last;
      this.random = new Random(seed);
    }

    /** What other tests left behind may be told later still. */
    List<Long> toldUpTo(long last) {
      return List.copyOf(told).stream().filter(id -> id <= last).toList();
    }

    /** For whoever has to find out why it lags behind. */
    @Override
    public String toString() {
      return "%s, at %d, %s".formatted(path, last, doing);
    }

    void stop() throws IOException {
      done = true;
      if (open.isPresent()) {
        open.get().close();
      }
    }

    @Override
    public void run() {
      while (!done) {
        List<Stage> up = List.copyOf(processes);
        Stage process = up.get(random.nextInt(up.size()));
        doing = "connecting since " + Instant.now();
        try (EventClient client =
            EventClient.open(process, Stage.OWNER, path, OptionalLong.of(last))) {
          open = Optional.of(client);
          doing = "reading since " + Instant.now();
          int most = 1 + random.nextInt(80);
          Optional<EventClient.Told> next = Optional.empty();
          for (int i = 0; i < most && !done && (next = client.next()).isPresent(); i++) {
            told.add(next.get().type().equals("reset") ? -1 : next.get().id());
            last = next.get().id();
          }
        } catch (IOException gone) {
          // That process has ended, or is about to: try again, perhaps at the other.
          Thread.onSpinWait();
        } catch (InterruptedException end) {
          return;
        } catch (RuntimeException broken) {
          doing = "dead of " + broken;
          throw broken;
        }
      }
    }
  }

  private static long newest() {
    return stage
        .jdbc()
        .sql("select coalesce(max(place), 0) from feed_workspace where workspace = 'local'")
        .query(Long.class)
        .single();
  }

  /** Those that are to be told in between, {@code upTo} included. */
  private static List<Long> expected(long after, long upTo, String where) {
    return stage
        .jdbc()
        .sql(
            "select place from feed_entry where workspace = 'local'"
                + " and place > :after and place <= :upTo and "
                + where
                + " order by place")
        .param("after", after)
        .param("upTo", upTo)
        .query((row, number) -> row.getLong(1))
        .list();
  }

  /** Later ones may be given a place at any time, by the service itself. */
  private static boolean isNothingPending() {
    return stage
        .jdbc()
        .sql("select not exists (select from feed_pending)")
        .query(Boolean.class)
        .single();
  }

  private static void live(Crew crew) {
    crew.beat(100);
    List<String> ids =
        IntStream.range(0, GENERATIONS).mapToObj(i -> stage.accepted("m-twice", Map.of())).toList();
    for (String id : ids) {
      RenderJob job = crew.job(id, 1);
      crew.send(crew.claimed(job), crew.submitted(job), crew.progressed(job, 50));
      crew.send(crew.completed(job), crew.ready(job));
      crew.send(crew.moderated(job, ModerationOutcome.CLEAR, 1), crew.viewable(job));
    }
    ids.forEach(id ->
        await()
            .atMost(SOON)
            .pollDelay(Duration.ZERO)
            .until(() -> stage.get("/v1/videos/" + id).text("/status").equals("completed")));
  }

  @Test
  void seesEachEventOnceAndInOrder() throws Exception {
    Crew crew = new Crew("twice");
    Random random = new Random(SEED);
    long before = newest();
    List<Restless> watchers = new ArrayList<>();
    try (FaultProxy proxy = Stage.proxyToDatabase();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Stage other = Stage.second(proxy);
      List<Stage> processes = new CopyOnWriteArrayList<>(List.of(stage, other));
      try {
        for (int i = 0; i < WATCHERS; i++) {
          String path = i % 4 == 0 ? "/api/events?state=running,completed" : "/api/events";
          watchers.add(new Restless(path, processes, before, random.nextLong()));
        }
        watchers.forEach(threads::execute);
        live(crew);
        processes.remove(other);
        other.close();
        live(crew);
        await().atMost(SOON).until(EveryWatcherTest::isNothingPending);
        long last = newest();
        List<Long> all = expected(before, last, "true");
        List<Long> some = expected(before, last, "state in ('running', 'completed')");
        assertThat(all).hasSizeGreaterThan(2 * GENERATIONS * 8);
        assertThat(last - before).isEqualTo(all.size());
        for (Restless watcher : watchers) {
          List<Long> wanted = watcher.path.contains("?") ? some : all;
          await()
              .atMost(SOON)
              .pollDelay(Duration.ZERO)
              .untilAsserted(() ->
                  assertThat(watcher.toldUpTo(last))
                      .as("seed %d: %s", SEED, watcher)
                      .isEqualTo(wanted));
        }
      } finally {
        for (Restless watcher : watchers) {
          watcher.stop();
        }
        threads.shutdownNow();
        other.close();
      }
    }
  }
}
