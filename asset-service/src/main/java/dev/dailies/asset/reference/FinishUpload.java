package dev.dailies.asset.reference;

import dev.dailies.contracts.ErrorCode;
import dev.dailies.contracts.event.Actor;
import dev.dailies.contracts.event.StoredObject;
import dev.dailies.edge.RefusalException;
import dev.dailies.vault.AssetVault;
import dev.dailies.vault.IncomingMedia;
import dev.dailies.vault.MediaKind;
import dev.dailies.vault.ObjectKey;
import dev.dailies.vault.ObjectMissing;
import dev.dailies.vault.VaultUnavailable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.EnumSet;
import java.util.List;

/**
 * Makes a reference of an upload whose last byte is there. May be done again after any failure, and
 * by several at once: the object's key is the upload's own, and only one copy stands there.
 */
final class FinishUpload {
  private final Uploads uploads;
  private final References references;
  private final AssetVault vault;
  private final Deposits deposits;
  private final IncomingMedia.Limits limits;

  FinishUpload(
      Uploads uploads,
      References references,
      AssetVault vault,
      Deposits deposits,
      IncomingMedia.Limits limits) {
    this.uploads = uploads;
    this.references = references;
    this.vault = vault;
    this.deposits = deposits;
    this.limits = limits;
  }

  void finish(Uploads.Upload upload, Actor by) {
    if (upload.finished()) {
      return;
    }
    List<String> pieces = uploads.pieces(upload.id());
    if (pieces.isEmpty()) {
      requireFinished(upload);
      return;
    }
    try (InputStream whole = new PieceStream(vault, pieces)) {
      switch (IncomingMedia.look(whole, EnumSet.allOf(MediaKind.class), limits)) {
        case IncomingMedia.Look.Good(IncomingMedia media) -> keep(upload, media, by);
        case IncomingMedia.Look.Bad(String why) -> {
          uploads.end(upload.id());
          throw new RefusalException(ErrorCode.INVALID_REFERENCE, why);
        }
      }
    } catch (ObjectMissing swept) {
      requireFinished(upload);
    } catch (VaultUnavailable | IOException e) {
      throw away();
    }
  }

  /** Its pieces have gone meanwhile: somebody else has finished it, or ended it. */
  private void requireFinished(Uploads.Upload upload) {
    boolean finished =
        uploads.find(upload.workspace(), upload.id()).orElseThrow(FinishUpload::unknown).finished();
    if (!finished) {
      throw away();
    }
  }

  static RefusalException unknown() {
    return new RefusalException(ErrorCode.NOT_FOUND, "There is no such upload.");
  }

  private void keep(Uploads.Upload upload, IncomingMedia media, Actor by) {
    references.begin(upload.workspace(), upload.reference(), media.contentType(), by);
    try {
      StoredObject object =
          deposits.put(
              ObjectKey.of(upload.workspace(), "references", upload.reference().value()),
              media.content(),
              upload.length(),
              media.contentType());
      boolean mine = references.stored(upload.reference(), object);
      if (!mine && references.find(upload.workspace(), upload.reference().value()).isEmpty()) {
        // So slow that the sweeper took it for dead.
        throw away();
      }
      uploads.end(upload.id());
    } catch (UncheckedIOException e) {
      references.abandon(upload.reference());
      if (!(e.getCause() instanceof IncomingMedia.TooLarge)) {
        throw away();
      }
      uploads.end(upload.id());
      throw new RefusalException(ErrorCode.TOO_LARGE, "A reference of that kind is smaller.");
    }
  }

  static RefusalException away() {
    return new RefusalException(
            ErrorCode.STORE_UNAVAILABLE, "The object store can't be reached; try again.")
        .header("Retry-After", "2");
  }
}
