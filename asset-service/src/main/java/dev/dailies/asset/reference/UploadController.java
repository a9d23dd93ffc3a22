package dev.dailies.asset.reference;

import dev.dailies.contracts.ErrorCode;
import dev.dailies.contracts.event.Actor;
import dev.dailies.contracts.event.StoredObject;
import dev.dailies.edge.Allow;
import dev.dailies.edge.HttpKeyCheck;
import dev.dailies.edge.Principal;
import dev.dailies.edge.RefusalException;
import dev.dailies.edge.Role;
import dev.dailies.vault.AssetVault;
import dev.dailies.vault.IncomingMedia;
import dev.dailies.vault.MediaKind;
import dev.dailies.vault.ObjectKey;
import dev.dailies.vault.VaultUnavailable;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.EnumSet;
import java.util.Enumeration;
import java.util.Iterator;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code /api/references/uploads}: resumable uploads by tus 1.0 (https://tus.io), with creation,
 * termination and expiration. The answer that finishes one names the reference in {@code
 * Dailies-Reference}.
 */
@RestController
@RequestMapping("/api/references/uploads")
@Allow(Role.PRODUCER)
class UploadController {
  private static final int PIECE = 8 << 20;
  private static final Duration VALIDITY = Duration.ofHours(24);

  private final Uploads uploads;
  private final References references;
  private final AssetVault vault;
  private final IncomingMedia.Limits limits;
  private final HttpKeyCheck keys;

  UploadController(
      Uploads uploads,
      References references,
      AssetVault vault,
      ReferenceProperties properties,
      HttpKeyCheck keys) {
    this.uploads = uploads;
    this.references = references;
    this.vault = vault;
    this.limits = properties.limits();
    this.keys = keys;
  }

  @RequestMapping(method = RequestMethod.OPTIONS)
  ResponseEntity<Void> abilities() {
    return ResponseEntity.noContent()
        .header("Allow", "OPTIONS, POST")
        .header("Tus-Resumable", "1.0.0")
        .header("Tus-Version", "1.0.0")
        .header("Tus-Max-Size", Long.toString(limits.other()))
        .header("Tus-Extension", "creation,termination,expiration")
        .build();
  }

  @PostMapping
  ResponseEntity<Void> create(@RequestHeader("Upload-Length") long length, Principal principal) {
    if (length < 1) {
      throw new RefusalException(ErrorCode.INVALID_REFERENCE, "It has no bytes.");
    }
    if (length > limits.other()) {
      throw new RefusalException(
          ErrorCode.TOO_LARGE, "An upload has at most %d bytes.".formatted(limits.other()));
    }
    Uploads.Upload upload = uploads.create(principal.workspace(), length, VALIDITY);
    return told(
        ResponseEntity.created(URI.create("/api/references/uploads/" + upload.id())), upload);
  }

  @RequestMapping(path = "/{id}", method = RequestMethod.HEAD)
  ResponseEntity<Void> look(@PathVariable String id, Principal principal) {
    Uploads.Upload upload = found(id, principal);
    ResponseEntity.BodyBuilder answer = ResponseEntity.ok().header("Cache-Control", "no-store");
    answer.header("Upload-Length", Long.toString(upload.length()));
    // A process that died after the last byte: what it left is finished here.
    return upload.whole() ? finished(answer, upload, principal) : told(answer, upload);
  }

  @PatchMapping("/{id}")
  ResponseEntity<Void> append(
      @PathVariable String id,
      @RequestHeader(name = "Upload-Offset", required = false) @Nullable Long offset,
      HttpServletRequest request,
      Principal principal)
      throws IOException {
    Uploads.Upload upload = found(id, principal);
    if (!"application/offset+octet-stream".equals(request.getContentType())) {
      throw new RefusalException(
          ErrorCode.UNSUPPORTED_MEDIA_TYPE, "Send application/offset+octet-stream.");
    }
    if (offset == null) {
      throw new RefusalException(
              ErrorCode.INVALID_REQUEST, "Upload-Offset tells where the bytes go on.")
          .param("Upload-Offset");
    }
    if (offset != upload.stored()) {
      throw moved();
    }
    InputStream content = request.getInputStream();
    Piece piece = Piece.of(content, Math.min(PIECE, upload.length() - upload.stored()));
    while (piece.bytes().length > 0) {
      requireStillValid(request);
      store(upload, piece.bytes());
      upload = found(id, principal);
      if (piece.brokenOff()) {
        throw new RefusalException(ErrorCode.INVALID_BODY, "The upload broke off; go on.");
      }
      piece = Piece.of(content, Math.min(PIECE, upload.length() - upload.stored()));
    }
    ResponseEntity.BodyBuilder answer = ResponseEntity.status(204);
    return upload.whole() ? finished(answer, upload, principal) : told(answer, upload);
  }

  @DeleteMapping("/{id}")
  ResponseEntity<Void> end(@PathVariable String id, Principal principal) {
    uploads.end(found(id, principal).id());
    return ResponseEntity.noContent().header("Tus-Resumable", "1.0.0").build();
  }

  /** So many bytes at most; what came before a connection broke is kept too. */
  private record Piece(byte[] bytes, boolean brokenOff) {
    static Piece of(InputStream content, long most) {
      ByteArrayOutputStream read = new ByteArrayOutputStream();
      byte[] buffer = new byte[64 << 10];
      try {
        while (read.size() < most) {
          int got = content.read(buffer, 0, (int) Math.min(buffer.length, most - read.size()));
          if (got < 0) {
            break;
          }
          read.write(buffer, 0, got);
        }
        return new Piece(read.toByteArray(), false);
      } catch (IOException cut) {
        return new Piece(read.toByteArray(), true);
      }
    }
  }

  private void store(Uploads.Upload upload, byte[] bytes) {
    ObjectKey key =
        ObjectKey.of(
            upload.workspace(), "reference-uploads", upload.id(), UUID.randomUUID().toString());
    try {
      vault.put(key, new ByteArrayInputStream(bytes), "application/octet-stream");
    } catch (VaultUnavailable e) {
      throw away();
    }
    if (!uploads.append(upload, bytes.length, key.value())) {
      vault.delete(key);
      throw moved();
    }
  }

  private ResponseEntity<Void> finished(
      ResponseEntity.BodyBuilder answer, Uploads.Upload upload, Principal principal) {
    // Opened one after the other, each when the one before it has been read.
    Iterator<InputStream> pieces =
        uploads.pieces(upload.id()).stream()
            .<InputStream>map(key -> vault.open(new ObjectKey(key)).stream())
            .iterator();
    try (InputStream whole = new SequenceInputStream(enumeration(pieces))) {
      switch (IncomingMedia.look(whole, EnumSet.allOf(MediaKind.class), limits)) {
        case IncomingMedia.Look.Good(IncomingMedia media) -> keep(upload, media, principal.actor());
        case IncomingMedia.Look.Bad(String why) -> {
          uploads.end(upload.id());
          throw new RefusalException(ErrorCode.INVALID_REFERENCE, why);
        }
      }
    } catch (VaultUnavailable e) {
      throw away();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    answer.header("Dailies-Reference", upload.reference().value());
    return told(answer, upload);
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
      references.stored(upload.reference(), object);
      uploads.end(upload.id());
    } catch (UncheckedIOException tooLarge) {
      references.abandon(upload.reference());
      uploads.end(upload.id());
      throw new RefusalException(ErrorCode.TOO_LARGE, "A reference of that kind is smaller.");
    }
  }

  private static ResponseEntity<Void> told(
      ResponseEntity.BodyBuilder answer, Uploads.Upload upload) {
    return answer
        .header("Tus-Resumable", "1.0.0")
        .header("Upload-Offset", Long.toString(upload.stored()))
        .header(
            "Upload-Expires",
            DateTimeFormatter.RFC_1123_DATE_TIME.format(
                upload.expiresAt().atOffset(ZoneOffset.UTC)))
        .build();
  }

  private Uploads.Upload found(String id, Principal principal) {
    return uploads
        .find(principal.workspace(), id)
        .orElseThrow(() -> new RefusalException(ErrorCode.NOT_FOUND, "There is no such upload."));
  }

  /** A piece can be hours on its way. */
  private void requireStillValid(HttpServletRequest request) {
    if (!keys.stillValid(request)) {
      throw new RefusalException(
          ErrorCode.INVALID_API_KEY, "The key was revoked or has expired during the upload.");
    }
  }

  private static RefusalException moved() {
    return new RefusalException(ErrorCode.CONFLICT, "The upload stands at another offset.");
  }

  private static RefusalException away() {
    return new RefusalException(
            ErrorCode.STORE_UNAVAILABLE, "The object store can't be reached; try again.")
        .header("Retry-After", "2");
  }
}
