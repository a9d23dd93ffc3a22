package dev.dailies.media;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MediaProgramsTest {
  @TempDir Path cache;

  @Test
  void unpacksOnceWhenManyWantIt() throws Exception {
    List<Callable<Path>> calls =
        IntStream.range(0, 4)
            .<Callable<Path>>mapToObj(i -> () -> MediaPrograms.unpackedIn(cache).ffmpeg())
            .toList();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Path> call : threads.invokeAll(calls)) {
        assertThat(call.get()).isExecutable();
      }
    }
    try (Stream<Path> left = Files.list(cache)) {
      assertThat(left.map(p -> p.getFileName().toString()))
          .noneMatch(name -> name.startsWith(".unpacking"));
    }
  }

  /** The linker must take every stub, also on a machine that has the real libraries. */
  @Test
  void theLinkerTakesTheStubs() throws Exception {
    assumeThat(MediaPrograms.isLinux()).isTrue();
    MediaPrograms programs = MediaPrograms.shared();
    for (StubLibrary stub : StubLibrary.KNOWN) {
      Files.write(cache.resolve(stub.name()), stub.image(System.getProperty("os.arch")));
    }
    ProcessBuilder builder =
        new ProcessBuilder(programs.ffmpeg().toString(), "-hide_banner", "-version");
    builder.environment().clear();
    builder.environment().put("LD_LIBRARY_PATH", cache + ":" + programs.ffmpeg().getParent());
    builder.redirectErrorStream(true);

    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);

    assertThat(process.waitFor()).as(said).isZero();
    assertThat(said).startsWith("ffmpeg version 8.0.1").doesNotContain("no version information");
  }

  @Test
  void isTheLgplBuild() throws Exception {
    ProcessBuilder builder = new ProcessBuilder(MediaPrograms.shared().ffmpeg().toString(), "-L");
    builder.environment().putAll(MediaPrograms.shared().environment());
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);

    String licence = new String(builder.start().getInputStream().readAllBytes(), UTF_8);

    assertThat(licence).contains("GNU Lesser General Public");
  }
}
