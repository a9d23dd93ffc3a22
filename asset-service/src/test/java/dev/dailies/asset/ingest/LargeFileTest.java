package dev.dailies.asset.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dailies.asset.Clips;
import dev.dailies.asset.Told;
import dev.dailies.asset.Told.Take;
import dev.dailies.asset.ingest.IngestResult.Usable;
import dev.dailies.asset.provenance.XmpLabeller;
import dev.dailies.asset.quality.StructureChecks;
import dev.dailies.contracts.AssetId;
import dev.dailies.contracts.GenerationId;
import dev.dailies.contracts.event.StoredObject;
import dev.dailies.media.Scratch;
import dev.dailies.testkit.TestStore;
import dev.dailies.vault.AssetVault;
import dev.dailies.vault.ObjectKey;
import dev.dailies.vault.VaultAutoConfiguration;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** A large master passes at a flat heap and with the scratch space that is promised. */
class LargeFileTest {
  private static final Logger log = LoggerFactory.getLogger(LargeFileTest.class);
  private static final long SIZE = Long.getLong("dailies.test.large", 128L << 20);
  private static final long MOST_HEAP_GROWTH = 64L << 20;
  private static final long SMALL_FILES = 64L << 20;

  @TempDir Path folder;

  @Test
  void a_large_playable_master_is_taken_in() {
    TestStore store = TestStore.shared();
    var runner =
        new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(VaultAutoConfiguration.class));
    for (var property : store.properties(store.freshBucket()).entrySet()) {
      runner = runner.withPropertyValues(property.getKey() + "=" + property.getValue());
    }
    runner.run(context -> takeIn(context.getBean(AssetVault.class)));
  }

  private void takeIn(AssetVault vault) throws Exception {
    Take take = Take.fresh();
    Path file = Files.write(folder.resolve("master.mp4"), Clips.moving(1));
    Clips.pad(file, SIZE);
    StoredObject master;
    try (InputStream content = Files.newInputStream(file)) {
      ObjectKey key = new ObjectKey("acme/renders/" + take.render() + "/0.mp4");
      master = vault.put(key, content, "video/mp4").object();
    }
    Files.delete(file);
    IngestOrder order = RenderCompletedListener.order(Told.completed(take, master, 1));
    long before = live();
    AtomicLong mostHeap = new AtomicLong();
    AtomicLong mostDisk = new AtomicLong();
    try (Scratch scratch = Scratch.open(folder.resolve("scratch"), 0);
        var watch = Executors.newSingleThreadScheduledExecutor()) {
      watch.scheduleWithFixedDelay(
          () -> {
            mostHeap.accumulateAndGet(live(), Math::max);
            mostDisk.accumulateAndGet(used(scratch.folder()), Math::max);
          },
          0,
          400,
          TimeUnit.MILLISECONDS);
      IngestResult result =
          new IngestAsset(
                  vault,
                  new NothingTaken(),
                  scratch,
                  new StructureChecks(Duration.ofMinutes(1)),
                  new XmpLabeller())
              .take(order);
      watch.shutdownNow();
      assertThat(result).isInstanceOf(Usable.class);
    }
    log.info(
        "{} MB taken in: heap grew by {} MB at most, scratch held {} MB at most",
        SIZE >> 20,
        (mostHeap.get() - before) >> 20,
        mostDisk.get() >> 20);
    assertThat(mostHeap.get() - before).isLessThan(MOST_HEAP_GROWTH);
    assertThat(mostDisk.get()).isBetween(SIZE / 2, 2 * SIZE + SMALL_FILES);
  }

  private static long live() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static long used(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.mapToLong(f -> f.toFile().isFile() ? f.toFile().length() : 0).sum();
    } catch (IOException | UncheckedIOException gone) {
      return 0;
    }
  }

  private static final class NothingTaken implements ResultLedger {
    @Override
    public Optional<AssetId> taken(GenerationId generation) {
      return Optional.empty();
    }

    @Override
    public Ending settle(Claim claim, IngestResult result) {
      throw new UnsupportedOperationException();
    }
  }
}
