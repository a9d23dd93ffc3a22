package dev.dailies.asset.reference;

import dev.dailies.contracts.ErrorCode;
import dev.dailies.contracts.event.Actor;
import dev.dailies.contracts.event.StoredObject;
import dev.dailies.edge.RefusalException;
import dev.dailies.vault.AssetVault;
import dev.dailies.vault.IncomingMedia;
import dev.dailies.vault.MediaKind;
import dev.dailies.vault.ObjectKey;
import dev.dailies.vault.VaultUnavailable;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.util.EnumSet;
import java.util.Enumeration;
import java.util.Iterator;

/**
 * Makes a reference of an upload whose last byte is there. May be done again after any failure, and
 * by several at once: the object's key is the upload's own, and only one copy stands there.
 */
final class FinishUpload {
  private final Uploads uploads;
  private final References references;
  private final AssetVault vault;
  private final IncomingMedia.Limits limits;

  FinishUpload(
      Uploads uploads, References references, AssetVault vault, IncomingMedia.Limits limits) {
    this.uploads = uploads;
    this.references = references;
    this.vault = vault;
    this.limits = limits;
  }

  void finish(Uploads.Upload upload, Actor by) {
    if (upload.finished()) {
      return;
    }
    // Opened one after the other, each when the one before it has been read.
    Iterator<InputStream> pieces =
        uploads.pieces(upload.id()).stream()
            .<InputStream>map(key -> vault.open(new ObjectKey(key)).stream())
            .iterator();
    try (InputStream whole = new SequenceInputStream(enumeration(pieces))) {
      switch (IncomingMedia.look(whole, EnumSet.allOf(MediaKind.class), limits)) {
        case IncomingMedia.Look.Good(IncomingMedia media) -> keep(upload, media, by);
        case IncomingMedia.Look.Bad(String why) -> {
          uploads.end(upload.id());
          throw new RefusalException(ErrorCode.INVALID_REFERENCE, why);
        }
      }
    } catch (VaultUnavailable | IOException e) {
      throw away();
    }
  }

  private void keep(Uploads.Upload upload, IncomingMedia media, Actor by) {
    references.begin(upload.workspace(), upload.reference(), media.contentType(), by);
    try {
      StoredObject object =
          vault
              .put(
                  ObjectKey.of(upload.workspace(), "references", upload.reference().value()),
                  media.content(),
                  media.contentType())
              .object();
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

  private static Enumeration<InputStream> enumeration(Iterator<InputStream> pieces) {
    return new Enumeration<>() {
      @Override
      public boolean hasMoreElements() {
        return pieces.hasNext();
      }

      @Override
      public InputStream nextElement() {
        return pieces.next();
      }
    };
  }
}
