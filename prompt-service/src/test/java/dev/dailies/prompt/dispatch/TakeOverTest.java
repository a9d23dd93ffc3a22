package dev.dailies.prompt.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dailies.contracts.Pool;
import dev.dailies.prompt.Crew;
import dev.dailies.prompt.Stage;
import dev.dailies.testkit.FaultProxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Two processes, one owner of each pool; the other goes on when it leaves or falls silent. */
class TakeOverTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final Pool POOL = Pool.of("owners");
  private static final Stage stage = Stage.shared();

  private static boolean owns(Stage process) {
    return process.bean(Dispatchers.class).owns(POOL);
  }

  private static long token() {
    return stage
        .jdbc()
        .sql("select token from dispatch_lease where pool = 'owners'")
        .query((row, number) -> row.getLong(1))
        .single();
  }

  @Test
  void oneOwnerAtATimeWhateverBecomesOfIt() {
    Crew crew = new Crew("owners");
    await().atMost(SOON).until(() -> owns(stage));
    try (FaultProxy proxy = Stage.proxyToDatabase()) {
      Stage other = Stage.second(proxy);
      try {
        await().during(Duration.ofSeconds(1)).until(() -> owns(stage) && !owns(other));
        long before = token();

        // The owner loses its database: the other takes over when the lease has passed.
        Stage.databaseProxy().stall();
        await().atMost(Duration.ofSeconds(10)).until(() -> owns(other));
        Stage.databaseProxy().pass();
        await().atMost(SOON).until(() -> !owns(stage));
        assertThat(token()).isEqualTo(before + 1);

        List<String> ids =
            IntStream.range(0, 20).mapToObj(i -> stage.accepted("m-owners", Map.of())).toList();
        crew.beat(50);
        // The owner ends in good order: no need to wait for its lease.
        other.close();
        await().atMost(Duration.ofSeconds(3)).until(() -> owns(stage));
        ids.forEach(id -> crew.job(id, 1));
        assertThat(crew.attempts()).hasSize(20);
      } finally {
        Stage.databaseProxy().pass();
        other.close();
      }
    }
  }

  @Test
  void anOldTokenReleasesNothing() {
    PoolLease leases = new JdbcPoolLease(stage.jdbc());
    Pool pool = Pool.of("nobody");
    PoolLease.Held first = leases.acquire(pool, "a", Duration.ofMillis(50)).orElseThrow();
    assertThat(leases.acquire(pool, "a", Duration.ofMillis(50))).contains(first);
    await().atMost(SOON).until(() -> leases.acquire(pool, "b", Duration.ofMinutes(1)).isPresent());
    assertThat(leases.fence(first)).isFalse();
    assertThat(leases.acquire(pool, "a", Duration.ofMinutes(1))).isEmpty();
    leases.giveUp(first);
    assertThat(leases.acquire(pool, "a", Duration.ofMinutes(1))).isEmpty();
  }
}
