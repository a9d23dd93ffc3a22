package dev.dailies.asset.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dailies.asset.Told;
import dev.dailies.asset.Told.Take;
import dev.dailies.asset.provenance.XmpLabeller;
import dev.dailies.asset.quality.StructureChecks;
import dev.dailies.contracts.AssetId;
import dev.dailies.contracts.GenerationId;
import dev.dailies.contracts.event.StoredObject;
import dev.dailies.media.Scratch;
import dev.dailies.vault.AssetVault;
import dev.dailies.vault.ObjectKey;
import dev.dailies.vault.ObjectStat;
import dev.dailies.vault.PutOutcome;
import dev.dailies.vault.VaultObject;
import dev.dailies.vault.VaultUnavailable;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the worker does with an order that it can't bring to an end. */
class IngestWorkerTest {
  private static final IngestOrder ORDER =
      RenderCompletedListener.order(
          Told.completed(
              Take.fresh(),
              StoredObject.newBuilder()
                  .setStore("s3")
                  .setRegion("")
                  .setBucket("b")
                  .setKey("acme/renders/0.mp4")
                  .setSize(1)
                  .setSha256("0")
                  .build(),
              1));

  @TempDir Path folder;
  private final Ledger ledger = new Ledger();

  @Test
  void an_orderly_end_gives_back_what_is_being_worked_at() throws Exception {
    var reading = new CountDownLatch(1);
    Queue queue = new Queue(1);
    try (Scratch scratch = Scratch.open(folder, 0)) {
      IngestWorker worker = worker(queue, scratch, new HangingVault(reading));
      worker.start();
      assertThat(reading.await(5, TimeUnit.SECONDS)).isTrue();

      worker.close();

      assertThat(queue.told).containsExactly("postponed for PT0S");
    }
  }

  @Test
  void an_order_that_kills_whoever_works_at_it_is_rejected_without_being_touched()
      throws Exception {
    Queue queue = new Queue(21);
    try (Scratch scratch = Scratch.open(folder, 0);
        IngestWorker worker = worker(queue, scratch, new HangingVault(new CountDownLatch(1)))) {
      worker.start();

      IngestResult result = ledger.settled.poll(5, TimeUnit.SECONDS);

      assertThat(result).isInstanceOf(IngestResult.Unusable.class);
      assertThat(((IngestResult.Unusable) result).findings())
          .extracting(f -> f.code().code())
          .containsExactly("ingest_failed");
    }
  }

  private IngestWorker worker(Queue queue, Scratch scratch, AssetVault vault) {
    var ingest =
        new IngestAsset(
            vault, ledger, scratch, new StructureChecks(Duration.ofMinutes(1)), new XmpLabeller());
    var pace =
        new IngestWorker.Pace(
            1, Duration.ofSeconds(10), Duration.ofMillis(50), Duration.ofSeconds(1));
    return new IngestWorker(queue, ingest, ledger, pace, (outcome, length) -> {});
  }

  /** Gives the one order once. */
  private static final class Queue implements IngestQueue {
    private final List<String> told = new ArrayList<>();
    private final int times;
    private boolean given;

    Queue(int times) {
      this.times = times;
    }

    @Override
    public boolean note(IngestOrder order) {
      return false;
    }

    @Override
    public List<Claim> claim(int most, Duration lease) {
      if (given) {
        return List.of();
      }
      given = true;
      return List.of(new Claim(ORDER, UUID.randomUUID(), times));
    }

    @Override
    public boolean renew(Claim claim, Duration lease) {
      return true;
    }

    @Override
    public void postpone(Claim claim, Duration wait, String reason) {
      told.add("postponed for " + wait);
    }

    @Override
    public void fail(Claim claim, Duration wait, String reason) {
      told.add("failed");
    }
  }

  private static final class Ledger implements ResultLedger {
    private final LinkedBlockingQueue<IngestResult> settled = new LinkedBlockingQueue<>();

    @Override
    public Optional<AssetId> taken(GenerationId generation) {
      return Optional.empty();
    }

    @Override
    public Ending settle(Claim claim, IngestResult result) {
      settled.add(result);
      return Ending.REJECTED;
    }
  }

  /** A store that neither answers nor refuses. */
  private record HangingVault(CountDownLatch reading) implements AssetVault {
    @Override
    public VaultObject open(ObjectKey key) {
      reading.countDown();
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      throw new VaultUnavailable("interrupted", null);
    }

    @Override
    public PutOutcome put(ObjectKey key, InputStream content, String contentType) {
      throw new UnsupportedOperationException();
    }

    @Override
    public VaultObject open(ObjectKey key, long from, long toInclusive) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Optional<ObjectStat> find(ObjectKey key) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void delete(ObjectKey key) {
      throw new UnsupportedOperationException();
    }

    @Override
    public int deleteAll(ObjectKey folder) {
      throw new UnsupportedOperationException();
    }

    @Override
    public URI presign(ObjectKey key, Duration validity, Optional<String> downloadName) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void check() {}
  }
}
