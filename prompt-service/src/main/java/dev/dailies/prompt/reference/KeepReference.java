package dev.dailies.prompt.reference;

import dev.dailies.contracts.ErrorCode;
import dev.dailies.contracts.ReferenceId;
import dev.dailies.contracts.WorkspaceId;
import dev.dailies.contracts.event.Actor;
import dev.dailies.contracts.event.ReferenceUploaded;
import dev.dailies.contracts.event.StoredObject;
import dev.dailies.edge.RefusalException;
import dev.dailies.messaging.EventOrigin;
import dev.dailies.messaging.Outbox;
import dev.dailies.vault.AssetVault;
import dev.dailies.vault.IncomingMedia;
import dev.dailies.vault.MediaKind;
import dev.dailies.vault.ObjectKey;
import dev.dailies.vault.VaultUnavailable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes uploads in. The row is written first, as UPLOADING: whatever dies in between leaves a trace
 * by which the sweeper finds the bytes.
 */
final class KeepReference implements ReferenceShelf {
  private static final Logger log = LoggerFactory.getLogger(KeepReference.class);

  private final AssetVault vault;
  private final References references;
  private final Unfinished uploads;
  private final Outbox outbox;
  private final IncomingMedia.Limits limits;

  KeepReference(
      AssetVault vault,
      References references,
      Unfinished uploads,
      Outbox outbox,
      IncomingMedia.Limits limits) {
    this.vault = vault;
    this.references = references;
    this.uploads = uploads;
    this.outbox = outbox;
    this.limits = limits;
  }

  @Override
  public KnownReference store(
      WorkspaceId workspace, InputStream content, String contentType, String param) {
    IncomingMedia media = looked(content, param);
    ReferenceId id = ReferenceId.mint();
    uploads.begin(workspace, id, media.contentType());
    StoredObject object = stored(workspace, id, media, param);
    return new KnownReference(
        id,
        KnownReference.State.CHECKING,
        object.getSha256(),
        media.contentType(),
        Optional.of(object));
  }

  @Override
  public void keep(WorkspaceId workspace, Actor actor, KnownReference stored) {
    StoredObject object = stored.object().orElseThrow();
    if (!uploads.stored(workspace, stored.id(), object)) {
      // So slow that the sweeper took it for dead.
      throw new RefusalException(ErrorCode.STORE_UNAVAILABLE, "The upload took too long.");
    }
    outbox.publish(
        EventOrigin.of("reference", stored.id().value(), workspace.value()).by(actor),
        envelope ->
            ReferenceUploaded.newBuilder()
                .setEnvelope(envelope)
                .setReference(stored.id().value())
                .setObject(object)
                .setContentType(stored.contentType())
                .build());
  }

  @Override
  public void discard(WorkspaceId workspace, ReferenceId id) {
    try {
      uploads.discard(workspace, id);
    } catch (RuntimeException e) {
      log.warn("Upload {} is not needed, but can't be discarded now: {}", id, e.toString());
    }
  }

  @Override
  public Optional<KnownReference> find(WorkspaceId workspace, ReferenceId id) {
    return references.find(workspace, id);
  }

  private IncomingMedia looked(InputStream content, String param) {
    try {
      return switch (IncomingMedia.look(content, wanted(param), limits)) {
        case IncomingMedia.Look.Good(IncomingMedia media) -> media;
        case IncomingMedia.Look.Bad(String why) ->
            throw new RefusalException(ErrorCode.INVALID_REFERENCE, why).param(param);
      };
    } catch (IOException e) {
      throw brokenOff(param);
    }
  }

  private static Set<MediaKind> wanted(String param) {
    return switch (param) {
      case "input_reference" -> EnumSet.of(MediaKind.IMAGE);
      case "video" -> EnumSet.of(MediaKind.VIDEO);
      default -> EnumSet.allOf(MediaKind.class);
    };
  }

  private StoredObject stored(
      WorkspaceId workspace, ReferenceId id, IncomingMedia media, String param) {
    ObjectKey key = ObjectKey.of(workspace, "references", id.value());
    try {
      return vault.put(key, media.content(), media.contentType()).object();
    } catch (VaultUnavailable e) {
      // Whether the bytes stand there is not known: the row stays, and the sweeper looks.
      throw new RefusalException(
              ErrorCode.STORE_UNAVAILABLE, "The object store can't be reached; try again.")
          .param(param)
          .header("Retry-After", "2");
    } catch (UncheckedIOException e) {
      // Nothing was stored then.
      uploads.abandon(workspace, id);
      throw e.getCause() instanceof IncomingMedia.TooLarge
          ? new RefusalException(
                  ErrorCode.TOO_LARGE,
                  "A reference of that kind has at most %d bytes."
                      .formatted(media.kind() == MediaKind.IMAGE ? limits.image() : limits.other()))
              .param(param)
          : brokenOff(param);
    }
  }

  private static RefusalException brokenOff(String param) {
    return new RefusalException(ErrorCode.INVALID_BODY, "The upload broke off.").param(param);
  }
}
