package dev.dailies.parts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TetheredProcessTest {

  private static final Duration SOON = Duration.ofSeconds(20);

  /** A parent of its own, to be killed: starts a program and waits for ever. */
  static final class Parent {
    private Parent() {}

    public static void main(String[] arguments) throws InterruptedException {
      Path folder = Path.of(arguments[0]);
      TetheredProcess.of(List.of("sleep", "1000"))
          .pidFile(folder.resolve("child.pid"))
          .stopsOn("TERM", Duration.ofSeconds(1))
          .start();
      Thread.currentThread().join();
    }
  }

  @Test
  void aProgramDoesNotOutliveAParentThatIsKilled(@TempDir Path folder) throws Exception {
    Process parent =
        new ProcessBuilder(
                Programs.java(),
                "-cp",
                System.getProperty("java.class.path"),
                Parent.class.getName(),
                folder.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("parent.log").toFile())
            .start();
    Path pidFile = folder.resolve("child.pid");
    await().atMost(SOON).until(() -> TetheredProcess.readPid(pidFile).isPresent());
    long child = TetheredProcess.readPid(pidFile).orElseThrow();
    assertThat(runs(child)).isTrue();

    parent.destroyForcibly().waitFor();

    await().atMost(SOON).until(() -> !runs(child));
  }

  @Test
  void theStopSignalArrivesAndTheStatusIsTheProgramsOwn(@TempDir Path folder) {
    Path log = folder.resolve("log");
    TetheredProcess process =
        TetheredProcess.of(
                List.of(
                    "sh",
                    "-c",
                    "trap 'echo bye; exit 7' TERM; echo up; while :; do sleep 0.1; done"))
            .log(log)
            .stopsOn("TERM", Duration.ofSeconds(10))
            .start();
    await().atMost(SOON).until(() -> Files.readString(log).contains("up"));
    process.stop();
    assertThat(process.ended().join()).isEqualTo(7);
    assertThat(log).content().contains("bye");
  }

  @Test
  void aProgramThatIgnoresTheSignalIsKilledAfterTheGrace(@TempDir Path folder) {
    Path log = folder.resolve("log");
    TetheredProcess process =
        TetheredProcess.of(
                List.of("sh", "-c", "trap '' TERM; echo up; while :; do sleep 0.1; done"))
            .log(log)
            .stopsOn("TERM", Duration.ofSeconds(1))
            .start();
    await().atMost(SOON).until(() -> Files.readString(log).contains("up"));
    long pid = process.pid();
    process.stop();
    assertThat(process.ended().join()).isEqualTo(128 + 9);
    assertThat(runs(pid)).isFalse();
  }

  @Test
  void aLeftoverIsEndedAndAStrangerIsNot(@TempDir Path folder) throws Exception {
    Process leftover = sleeper(folder.toString());
    Files.writeString(folder.resolve("process.pid"), leftover.pid() + "\n");
    try (DataFolder data = DataFolder.claim(folder)) {
      assertThat(leftover.waitFor()).isNotZero();
      assertThatThrownBy(() -> DataFolder.claim(folder)).hasMessageContaining("in use");
      assertThat(data.root()).isEqualTo(folder);
    }
    Process stranger = sleeper("somebody else's");
    try {
      Files.writeString(folder.resolve("process.pid"), stranger.pid() + "\n");
      DataFolder.claim(folder).close();
      assertThat(stranger.isAlive()).isTrue();
    } finally {
      stranger.destroyForcibly();
    }
  }

  private static Process sleeper(String argument) throws Exception {
    Process process =
        new ProcessBuilder("sh", "-c", "while :; do sleep 0.1; done", argument).start();
    // Until the exec its command line is still the JVM's.
    await().atMost(SOON).until(() -> commandLine(process).contains(argument));
    return process;
  }

  private static String commandLine(Process process) {
    return process.info().commandLine().orElse("");
  }

  private static boolean runs(long pid) {
    Optional<ProcessHandle> process = ProcessHandle.of(pid);
    return process
        .filter(ProcessHandle::isAlive)
        .flatMap(each -> each.info().command())
        .isPresent();
  }
}
