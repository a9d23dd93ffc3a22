package dev.dailies.vault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dailies.testkit.TestStore;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Heap does not depend on the size of an object. */
class VaultHeapTest {
  private static final long SIZE = 256L << 20;
  private static final long MOST_GROWTH = 64L << 20;

  @Test
  void a_large_object_passes_both_ways_at_a_flat_heap() throws Exception {
    TestStore store = TestStore.shared();
    var properties =
        new VaultProperties(
            "test",
            store.endpoint(),
            Optional.empty(),
            "us-east-1",
            store.freshBucket(),
            store.accessKey(),
            store.secretKey(),
            AssetVaultContract.PART,
            Duration.ofSeconds(2),
            Duration.ofSeconds(30),
            Duration.ofSeconds(5));
    ObjectKey key = new ObjectKey("acme/renders/g/r/0.mp4");
    try (var vault = new MinioAssetVault(properties);
        var heap = new HeapWatch()) {
      PutOutcome outcome = vault.put(key, new Zeros(SIZE, heap::look), "video/mp4");
      assertThat(outcome.object().getSize()).isEqualTo(SIZE);
      try (VaultObject object = vault.open(key)) {
        byte[] buffer = new byte[64 * 1024];
        long total = 0;
        for (int n; (n = object.stream().read(buffer)) >= 0; total += n) {
          heap.look();
        }
        assertThat(total).isEqualTo(SIZE);
      }
      assertThat(heap.growth()).isLessThan(MOST_GROWTH);
      vault.delete(key);
    }
  }

  /**
   * The most that survived a collection. S3Proxy runs in this JVM too, so this is an upper bound.
   */
  private static final class HeapWatch implements AutoCloseable {
    private final long before = live();
    private long looks;
    private long most;

    void look() {
      if (looks++ % 2000 == 1999) {
        most = Math.max(most, live());
      }
    }

    long growth() {
      return Math.max(most, live()) - before;
    }

    private static long live() {
      System.gc();
      return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    @Override
    public void close() {}
  }

  private static final class Zeros extends InputStream {
    private final Runnable onRead;
    private long left;

    Zeros(long size, Runnable onRead) {
      this.left = size;
      this.onRead = onRead;
    }

    @Override
    public int read() {
      return left-- > 0 ? 0 : -1;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      onRead.run();
      if (left <= 0) {
        return -1;
      }
      int n = (int) Math.min(left, Math.min(length, 64 * 1024));
      left -= n;
      return n;
    }
  }
}
