package dev.dailies.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dailies.parts.FreePort;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole stack starts, survives the death of a process, and leaves nothing behind. */
class LocalStackTest {
  private static final Duration READY = Duration.ofSeconds(120);

  @TempDir Path data;

  @Test
  void startsRestartsWhatDiesAndStopsWithoutLeavingAProcess() {
    Training.ensure(Console.silent());
    List<ProcessHandle> before = children();
    LocalStack stack = LocalStack.builder().data(data).build();
    int port = stack.origin().getPort();
    try (stack) {
      stack.start();
      stack.awaitReady(READY);
      assertThat(children()).hasSizeGreaterThan(before.size() + Service.values().length);

      ServiceProcess victim = stack.named("review-service");
      long first = victim.pid().orElseThrow();
      victim.kill();
      stack.awaitReady(READY);
      assertThat(victim.pid().orElseThrow()).isNotEqualTo(first);
      assertThat(victim.restarts()).isEqualTo(1);

      assertThatThrownBy(() -> LocalStack.builder().data(data).build())
          .isInstanceOf(LaunchFailure.class)
          .hasMessageContaining(stack.origin().toString());
    }
    assertThat(children()).containsExactlyInAnyOrderElementsOf(before);
    assertThat(FreePort.isFree(port)).isTrue();
    stack
        .processes()
        .forEach(process ->
            assertThat(FreePort.isFree(process.origin().getPort())).as(process.name()).isTrue());
  }

  private static List<ProcessHandle> children() {
    return ProcessHandle.current().descendants().toList();
  }
}
