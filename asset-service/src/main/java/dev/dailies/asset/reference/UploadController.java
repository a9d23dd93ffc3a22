package dev.dailies.asset.reference;

import dev.dailies.contracts.ErrorCode;
import dev.dailies.edge.Allow;
import dev.dailies.edge.HttpKeyCheck;
import dev.dailies.edge.Principal;
import dev.dailies.edge.RefusalException;
import dev.dailies.edge.Role;
import dev.dailies.vault.AssetVault;
import dev.dailies.vault.IncomingMedia;
import dev.dailies.vault.ObjectKey;
import dev.dailies.vault.VaultUnavailable;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.UUID;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
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
  // Each is an object: who sends byte by byte must not fill the store with them.
  private static final int MOST_SMALL_PIECES = 10_000;
  private static final Duration VALIDITY = Duration.ofHours(24);

  private final Uploads uploads;
  private final AssetVault vault;
  private final Deposits deposits;
  private final FinishUpload finish;
  private final IncomingMedia.Limits limits;
  private final HttpKeyCheck keys;

  UploadController(
      Uploads uploads,
      References references,
      AssetVault vault,
      Deposits deposits,
      ReferenceProperties properties,
      HttpKeyCheck keys) {
    this.uploads = uploads;
    this.vault = vault;
    this.deposits = deposits;
    this.limits = properties.limits();
    this.keys = keys;
    this.finish = new FinishUpload(uploads, references, vault, deposits, limits);
  }

  @RequestMapping(method = RequestMethod.OPTIONS)
  ResponseEntity<Void> abilities() {
    return ResponseEntity.noContent()
        .header("Allow", "OPTIONS, POST")
        .header(HttpTus.RESUMABLE, HttpTus.VERSION)
        .header("Tus-Version", HttpTus.VERSION)
        .header("Tus-Max-Size", Long.toString(limits.other()))
        .header("Tus-Extension", "creation,termination,expiration")
        .build();
  }

  @PostMapping
  ResponseEntity<Void> create(HttpServletRequest request, Principal principal) {
    HttpTus.requireOurs(request);
    HttpTus.checkMetadata(request);
    long length = HttpTus.bytes(request, "Upload-Length");
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
  ResponseEntity<Void> look(
      @PathVariable String id, HttpServletRequest request, Principal principal) {
    HttpTus.requireOurs(request);
    Uploads.Upload upload = found(id, principal);
    ResponseEntity.BodyBuilder answer = ResponseEntity.ok().header("Cache-Control", "no-store");
    answer.header("Upload-Length", Long.toString(upload.length()));
    // A process that died after the last byte: what it left is finished here.
    return upload.whole() ? finished(answer, upload, principal) : told(answer, upload);
  }

  @PatchMapping("/{id}")
  ResponseEntity<Void> append(
      @PathVariable String id, HttpServletRequest request, Principal principal) throws IOException {
    HttpTus.requireOurs(request);
    Uploads.Upload upload = found(id, principal);
    if (!"application/offset+octet-stream".equals(request.getContentType())) {
      throw new RefusalException(
          ErrorCode.UNSUPPORTED_MEDIA_TYPE, "Send application/offset+octet-stream.");
    }
    if (HttpTus.bytes(request, "Upload-Offset") != upload.stored()) {
      throw moved();
    }
    if (request.getContentLengthLong() > upload.length() - upload.stored()) {
      throw new RefusalException(
          ErrorCode.TOO_LARGE, "That is more than the upload was said to have.");
    }
    upload = appended(upload, request, principal);
    ResponseEntity.BodyBuilder answer = ResponseEntity.status(204);
    return upload.whole() ? finished(answer, upload, principal) : told(answer, upload);
  }

  @DeleteMapping("/{id}")
  ResponseEntity<Void> end(
      @PathVariable String id, HttpServletRequest request, Principal principal) {
    HttpTus.requireOurs(request);
    uploads.end(found(id, principal).id());
    return ResponseEntity.noContent().header(HttpTus.RESUMABLE, HttpTus.VERSION).build();
  }

  /** Piece after piece; what came before a connection broke is kept too. */
  private Uploads.Upload appended(
      Uploads.Upload begun, HttpServletRequest request, Principal principal) throws IOException {
    InputStream content = request.getInputStream();
    Uploads.Upload upload = begun;
    try (Spool spool = deposits.spool()) {
      Spool.Filled piece = spool.fill(content, Math.min(PIECE, upload.length() - upload.stored()));
      while (piece.bytes() > 0) {
        requireStillValid(request);
        store(upload, spool, piece.bytes());
        upload = found(upload.id(), principal);
        if (piece.cut().isPresent()) {
          break;
        }
        piece = spool.fill(content, Math.min(PIECE, upload.length() - upload.stored()));
      }
      if (piece.cut().isPresent()) {
        throw new RefusalException(ErrorCode.INVALID_BODY, "The upload broke off; go on.");
      }
    }
    return upload;
  }

  private void store(Uploads.Upload upload, Spool spool, long bytes) throws IOException {
    boolean small = bytes < PIECE && upload.stored() + bytes < upload.length();
    if (small && uploads.count(upload.id()) >= MOST_SMALL_PIECES) {
      throw new RefusalException(
          ErrorCode.INVALID_REQUEST,
          "It came in %d pieces; go on with such of %d bytes.".formatted(MOST_SMALL_PIECES, PIECE));
    }
    ObjectKey key =
        ObjectKey.of(
            upload.workspace(), "reference-uploads", upload.id(), UUID.randomUUID().toString());
    try (InputStream piece = spool.open()) {
      deposits.put(key, piece, bytes, "application/octet-stream");
    } catch (VaultUnavailable | UncheckedIOException e) {
      throw FinishUpload.away();
    }
    if (!uploads.append(upload, bytes, key.value())) {
      vault.delete(key);
      throw moved();
    }
  }

  private ResponseEntity<Void> finished(
      ResponseEntity.BodyBuilder answer, Uploads.Upload upload, Principal principal) {
    finish.finish(upload, principal.actor());
    answer.header("Dailies-Reference", upload.reference().value());
    return told(answer, upload);
  }

  private static ResponseEntity<Void> told(
      ResponseEntity.BodyBuilder answer, Uploads.Upload upload) {
    return answer
        .header(HttpTus.RESUMABLE, HttpTus.VERSION)
        .header("Upload-Offset", Long.toString(upload.stored()))
        .header(
            "Upload-Expires",
            DateTimeFormatter.RFC_1123_DATE_TIME.format(
                upload.expiresAt().atOffset(ZoneOffset.UTC)))
        .build();
  }

  private Uploads.Upload found(String id, Principal principal) {
    return uploads.find(principal.workspace(), id).orElseThrow(FinishUpload::unknown);
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
}
