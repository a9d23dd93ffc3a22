package dev.dailies.asset.ingest;

import dev.dailies.asset.AssetSteps;
import dev.dailies.asset.ingest.IngestResult.NotNeeded;
import dev.dailies.asset.ingest.IngestResult.Unusable;
import dev.dailies.asset.ingest.IngestResult.Usable;
import dev.dailies.asset.preview.MakeRenditions;
import dev.dailies.asset.preview.Renditions;
import dev.dailies.asset.provenance.Labeller;
import dev.dailies.asset.provenance.Provenance;
import dev.dailies.asset.quality.Finding;
import dev.dailies.asset.quality.FindingCode;
import dev.dailies.asset.quality.StructureChecks;
import dev.dailies.contracts.AssetId;
import dev.dailies.contracts.event.AssetObject;
import dev.dailies.contracts.event.AssetVariant;
import dev.dailies.contracts.event.MediaFacts;
import dev.dailies.media.Ffprobe;
import dev.dailies.media.MediaProbe;
import dev.dailies.media.ProbeOutcome;
import dev.dailies.media.Scratch;
import dev.dailies.vault.AssetVault;
import dev.dailies.vault.ObjectKey;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Takes one result in: fetch and verify, look, make the renditions, mark them, store them.
 *
 * <p>May be done again at any time, by any process: ids, keys and bytes follow from the order, and
 * what is stored already is found. Scratch holds the master and the delivery rendition, so twice
 * the file at most; heap does not depend on its size.
 */
public final class IngestAsset {
  // Proxy, pictures and markings, beside the master and the delivery rendition.
  private static final long SMALL_FILES = 64L << 20;

  private final AssetVault vault;
  private final ResultLedger results;
  private final Scratch scratch;
  private final StructureChecks checks;
  private final MakeRenditions renditions = new MakeRenditions();
  private final Labeller labeller;

  public IngestAsset(
      AssetVault vault,
      ResultLedger results,
      Scratch scratch,
      StructureChecks checks,
      Labeller labeller) {
    this.vault = vault;
    this.results = results;
    this.scratch = scratch;
    this.checks = checks;
    this.labeller = labeller;
  }

  /**
   * What becomes of the order.
   *
   * @throws IOException if it failed for a reason that is not the file's, or not surely
   */
  public IngestResult take(IngestOrder order) throws IOException, InterruptedException {
    Optional<AssetId> taken =
        results.taken(order.generation()).filter(a -> !a.equals(order.asset()));
    if (taken.isPresent()) {
      return new NotNeeded(taken.get());
    }
    if (order.master().isEmpty()) {
      return unusable(Finding.of(FindingCode.NO_OUTPUT));
    }
    IngestOrder.Master master = order.master().get();
    try (Scratch.Room room = scratch.reserve(2 * master.object().getSize() + SMALL_FILES)) {
      return take(order, master, room.folder());
    }
  }

  private IngestResult take(IngestOrder order, IngestOrder.Master master, Path folder)
      throws IOException, InterruptedException {
    Path file = folder.resolve("master");
    Optional<Finding> fault = new FetchMaster(vault).to(file, master.object());
    if (fault.isPresent()) {
      return unusable(fault.get());
    }
    AssetSteps.MASTER_VERIFIED.reach();
    return switch (Ffprobe.probe(file)) {
      case ProbeOutcome.Unreadable unreadable -> unusable(Finding.of(FindingCode.UNREADABLE));
      case ProbeOutcome.Probed probed -> take(order, master, file, probed.probe());
    };
  }

  private IngestResult take(
      IngestOrder order, IngestOrder.Master master, Path file, MediaProbe probe)
      throws IOException, InterruptedException {
    List<Finding> findings = new ArrayList<>(checks.findings(probe, order.expected()));
    if (Finding.anyFatal(findings)) {
      return new Unusable(findings);
    }
    Path folder = file.resolveSibling("renditions");
    Files.createDirectory(folder);
    return switch (renditions.of(file, probe, folder)) {
      case Renditions.Undecodable undecodable -> {
        findings.add(Finding.of(FindingCode.UNDECODABLE, undecodable.why()));
        yield new Unusable(findings);
      }
      case Renditions.Made made -> {
        lostFrames(probe, made).ifPresent(findings::add);
        findings.addAll(made.signals().findings());
        yield Finding.anyFatal(findings)
            ? new Unusable(findings)
            : new Usable(store(order, master, made), facts(probe), made.sheet(), findings);
      }
    };
  }

  /** A file that was cut off still decodes, as far as it goes. */
  private static Optional<Finding> lostFrames(MediaProbe probe, Renditions.Made made) {
    long told = probe.video().flatMap(MediaProbe.Video::frames).orElse(0L);
    long decoded = made.signals().frames().orElse(told);
    long bearable = Math.max(1, told / 100);
    return decoded < told - bearable
        ? Optional.of(Finding.of(FindingCode.UNDECODABLE, decoded + " frames", told + " frames"))
        : Optional.empty();
  }

  private List<AssetObject> store(
      IngestOrder order, IngestOrder.Master master, Renditions.Made made) throws IOException {
    Provenance provenance =
        new Provenance(
            order.asset(),
            order.generation(),
            order.maker().model(),
            order.maker().modelVersion(),
            order.maker().renderedAt());
    labeller.labelMp4(made.delivery(), provenance);
    labeller.labelMp4(made.proxy(), provenance);
    labeller.labelJpeg(made.poster(), provenance);
    labeller.labelJpeg(made.sprite(), provenance);
    AssetSteps.RENDITIONS_MADE.reach();
    List<AssetObject> objects = new ArrayList<>();
    objects.add(new AssetObject(AssetVariant.MASTER, master.contentType(), master.object()));
    objects.add(store(order, AssetVariant.DELIVERY, "mp4", "video/mp4", made.delivery()));
    AssetSteps.DELIVERY_STORED.reach();
    objects.add(store(order, AssetVariant.PROXY, "mp4", "video/mp4", made.proxy()));
    objects.add(store(order, AssetVariant.POSTER, "jpg", "image/jpeg", made.poster()));
    objects.add(store(order, AssetVariant.SPRITE, "jpg", "image/jpeg", made.sprite()));
    AssetSteps.OBJECTS_STORED_BEFORE_COMMIT.reach();
    return objects;
  }

  private AssetObject store(
      IngestOrder order, AssetVariant variant, String suffix, String contentType, Path file)
      throws IOException {
    String name = variant.name().toLowerCase(Locale.ROOT) + "." + suffix;
    ObjectKey key = ObjectKey.of(order.workspace(), "assets", order.asset().value(), name);
    try (InputStream content = Files.newInputStream(file)) {
      // If an earlier try of this ingest stored it, that one is taken: only we write there, and
      // nothing is written there without its marking.
      return new AssetObject(variant, contentType, vault.put(key, content, contentType).object());
    }
  }

  private static MediaFacts facts(MediaProbe probe) {
    MediaProbe.Video video = probe.video().orElseThrow();
    return MediaFacts.newBuilder()
        .setContainer(probe.container())
        .setVideoCodec(video.codec())
        .setAudioCodec(probe.audio().map(MediaProbe.Audio::codec).orElse(null))
        .setWidth(video.width())
        .setHeight(video.height())
        .setLengthMillis(StructureChecks.lengthOf(video, probe).toMillis())
        .setFrames(video.frames().orElse(0L))
        .setFrameRate(video.rate().perSecond())
        .setHasAudio(probe.audio().isPresent())
        .build();
  }

  private static IngestResult unusable(Finding finding) {
    return new Unusable(List.of(finding));
  }
}
