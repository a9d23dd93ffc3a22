package dev.dailies.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A playable file of 1 GiB passes worker and asset-service without being held in memory. */
class LargeMediaTest {
  private static final long GIB = 1L << 30;
  private static final long MIB = 1L << 20;

  @Test
  void oneGibibytePassesAtFlatHeapAndStatedScratch() {
    SharedStack stack = SharedStack.get();
    DailiesClient client = stack.client("dailies-local");
    client.awaitVideo(client.submit("a small one first"), "completed", Duration.ofSeconds(30));
    Map<ServiceProcess, Long> before = new LinkedHashMap<>();
    Map<ServiceProcess, Long> most = new LinkedHashMap<>();
    for (String name : List.of("render-worker-1", "render-worker-2", "asset-service")) {
      before.put(stack.parts().named(name), LiveHeap.bytes(stack.parts().named(name)));
    }
    long[] scratch = {0};

    String id =
        client.submit(
            Map.of("prompt", "a large one [[large=1GiB]]", "seconds", "1", "size", "160x90"));
    await()
        .atMost(Duration.ofSeconds(180))
        .pollInterval(Duration.ofSeconds(1))
        .until(() -> {
          before
              .keySet()
              .forEach(process -> most.merge(process, LiveHeap.bytes(process), Math::max));
          scratch[0] = Math.max(scratch[0], bytesBelow(stack.parts().data().resolve("scratch")));
          return client.video(id).text("status").equals("completed");
        });

    most.forEach((process, bytes) -> {
      long growth = bytes - before.getOrDefault(process, 0L);
      System.out.printf("%s grew by %d MiB of live heap%n", process.name(), growth / MIB);
      assertThat(growth).as("growth of %s", process.name()).isLessThanOrEqualTo(64 * MIB);
    });
    System.out.printf("scratch at most %d MiB%n", scratch[0] / MIB);
    assertThat(scratch[0]).isBetween(1L, 2 * GIB + 64 * MIB);
    String asset = client.generation(id).text("asset");
    assertThat(masterSize(client.get("/api/assets/" + asset))).isEqualTo(GIB);
    assertThat(client.drain("/v1/videos/" + id + "/content")).isPositive();
  }

  private static long masterSize(DailiesClient.Answer asset) {
    return asset
        .body()
        .path("objects")
        .valueStream()
        .filter(object -> object.path("variant").asString("").equalsIgnoreCase("master"))
        .mapToLong(object -> object.path("size").asLong())
        .sum();
  }

  private static long bytesBelow(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).mapToLong(LargeMediaTest::size).sum();
    } catch (IOException | UncheckedIOException gone) {
      return 0;
    }
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (NoSuchFileException gone) {
      return 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
