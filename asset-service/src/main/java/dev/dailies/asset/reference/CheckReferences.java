package dev.dailies.asset.reference;

import dev.dailies.contracts.event.MediaFacts;
import dev.dailies.media.FfmpegCommand;
import dev.dailies.media.Ffprobe;
import dev.dailies.media.MediaProbe;
import dev.dailies.media.ProbeOutcome;
import dev.dailies.media.Scratch;
import dev.dailies.vault.AssetVault;
import dev.dailies.vault.IncomingMedia;
import dev.dailies.vault.MediaKind;
import dev.dailies.vault.ObjectKey;
import dev.dailies.vault.ObjectMissing;
import dev.dailies.vault.VaultObject;
import dev.dailies.vault.VaultUnavailable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks one reference after the other, under a lease: fetch and verify, look, decode the first
 * frame. May be done again at any time by any process.
 */
final class CheckReferences {
  private static final Logger log = LoggerFactory.getLogger(CheckReferences.class);
  private static final Duration LEASE = Duration.ofMinutes(5);
  private static final Duration DECODING = Duration.ofSeconds(30);
  private static final int LARGEST_SIDE = 8192;
  private static final int MOST_CLAIMS = 5;

  private final References references;
  private final AssetVault vault;
  private final Scratch scratch;
  private final IncomingMedia.Limits limits;
  private final Duration patience;

  CheckReferences(
      References references,
      AssetVault vault,
      Scratch scratch,
      IncomingMedia.Limits limits,
      Duration patience) {
    this.references = references;
    this.vault = vault;
    this.scratch = scratch;
    this.limits = limits;
    this.patience = patience;
  }

  /** Checks the next one; false if there is none now. */
  boolean next() throws InterruptedException {
    Optional<References.Claim> claim = references.claim(LEASE);
    if (claim.isPresent()) {
      check(claim.get());
    }
    return claim.isPresent();
  }

  private void check(References.Claim claim) throws InterruptedException {
    try {
      if (claim.times() > MOST_CLAIMS) {
        references.reject(claim, "check_failed");
        return;
      }
      try (Scratch.Room room = scratch.reserve(claim.object().getSize() + (1 << 20));
          Renewal renewal = new Renewal(claim)) {
        look(claim, room.folder());
      }
    } catch (VaultUnavailable | Scratch.ScratchFull e) {
      references.postpone(claim, patience, 1);
    } catch (InterruptedException e) {
      references.postpone(claim, Duration.ZERO, 1);
      throw e;
    } catch (IOException | RuntimeException e) {
      // Only this one waits; after a few claims it is rejected.
      log.warn("The check of {} failed: {}", claim.id(), e.getMessage());
      references.postpone(claim, patience, 0);
    }
  }

  /** Keeps the lease while the check goes on: a fetch takes as long as the store lets it. */
  private final class Renewal implements AutoCloseable {
    private final Thread keeper;

    Renewal(References.Claim claim) {
      keeper = Thread.ofVirtual().name("reference-lease").start(() -> keep(claim));
    }

    private void keep(References.Claim claim) {
      try {
        do {
          Thread.sleep(LEASE.dividedBy(3));
        } while (renewed(claim));
      } catch (InterruptedException done) {
        log.debug("The check of {} has ended", claim.id());
      }
    }

    private boolean renewed(References.Claim claim) {
      try {
        return references.renew(claim, LEASE);
      } catch (RuntimeException e) {
        log.debug("The lease of {} was not renewed; it is tried again", claim.id(), e);
        return true;
      }
    }

    @Override
    public void close() {
      keeper.interrupt();
    }
  }

  private void look(References.Claim claim, Path folder) throws IOException, InterruptedException {
    Path file = folder.resolve("reference");
    try (VaultObject object = vault.open(new ObjectKey(claim.object().getKey()))) {
      if (!object.saveTo(file).equals(claim.object().getSha256())) {
        references.reject(claim, "digest_mismatch");
        return;
      }
    } catch (ObjectMissing gone) {
      references.reject(claim, "missing");
      return;
    }
    MediaKind kind;
    try (InputStream content = Files.newInputStream(file)) {
      switch (IncomingMedia.look(content, EnumSet.allOf(MediaKind.class), limits)) {
        case IncomingMedia.Look.Good(IncomingMedia media) -> kind = media.kind();
        case IncomingMedia.Look.Bad(String why) -> {
          references.reject(claim, "unreadable");
          return;
        }
      }
    }
    switch (Ffprobe.probe(file)) {
      case ProbeOutcome.Unreadable unreadable -> references.reject(claim, "unreadable");
      case ProbeOutcome.Probed probed -> judge(claim, kind, file, probed.probe());
    }
  }

  private void judge(References.Claim claim, MediaKind kind, Path file, MediaProbe probe)
      throws IOException, InterruptedException {
    boolean sound = kind == MediaKind.AUDIO;
    if (sound ? probe.audio().isEmpty() : probe.video().isEmpty()) {
      references.reject(claim, sound ? "no_sound" : "no_picture");
    } else if (!sound && probe.video().filter(CheckReferences::isHuge).isPresent()) {
      references.reject(claim, "too_many_pixels");
    } else if (!sound && !decodes(file)) {
      references.reject(claim, "undecodable");
    } else {
      references.ready(claim, facts(probe));
    }
  }

  private static boolean isHuge(MediaProbe.Video video) {
    return Math.max(video.width(), video.height()) > LARGEST_SIDE;
  }

  private static boolean decodes(Path file) throws IOException, InterruptedException {
    return FfmpegCommand.create()
        .input(file, "-xerror", "-err_detect", "explode")
        .output(file.resolveSibling("frame.jpg"), "-frames:v", "1", "-vf", "scale=64:64")
        .limit(DECODING)
        .run()
        .done();
  }

  private static MediaFacts facts(MediaProbe probe) {
    return MediaFacts.newBuilder()
        .setContainer(probe.container())
        .setVideoCodec(probe.video().map(MediaProbe.Video::codec).orElse(null))
        .setAudioCodec(probe.audio().map(MediaProbe.Audio::codec).orElse(null))
        .setWidth(probe.video().map(MediaProbe.Video::width).orElse(0))
        .setHeight(probe.video().map(MediaProbe.Video::height).orElse(0))
        .setLengthMillis(probe.duration().toMillis())
        .setFrameRate(probe.video().map(v -> v.rate().perSecond()).orElse(0.0))
        .setHasAudio(probe.audio().isPresent())
        .build();
  }
}
