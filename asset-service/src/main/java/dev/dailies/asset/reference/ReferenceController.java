package dev.dailies.asset.reference;

import dev.dailies.contracts.ErrorCode;
import dev.dailies.contracts.ReferenceId;
import dev.dailies.edge.Allow;
import dev.dailies.edge.Principal;
import dev.dailies.edge.RefusalException;
import dev.dailies.edge.Role;
import dev.dailies.vault.AssetVault;
import dev.dailies.vault.IncomingMedia;
import dev.dailies.vault.MediaKind;
import dev.dailies.vault.ObjectKey;
import dev.dailies.vault.VaultUnavailable;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code /api/references}: stand-alone uploads. The body is the media, or a form that holds them as
 * its part {@code file}; names and the declared type are not looked at.
 */
@RestController
@RequestMapping("/api/references")
@Allow(Role.PRODUCER)
class ReferenceController {
  private static final int LONGEST_PAGE = 100;

  /** A page, newest first; {@code after} the last id comes the next. */
  record Page(List<ReferenceFacts> data, boolean hasMore) {}

  private final References references;
  private final AssetVault vault;
  private final Deposits deposits;
  private final IncomingMedia.Limits limits;

  ReferenceController(
      References references, AssetVault vault, Deposits deposits, ReferenceProperties properties) {
    this.references = references;
    this.vault = vault;
    this.deposits = deposits;
    this.limits = properties.limits();
  }

  @PostMapping
  ResponseEntity<ReferenceFacts> upload(HttpServletRequest request, Principal principal)
      throws IOException {
    String type = String.valueOf(request.getContentType()).toLowerCase(Locale.ROOT);
    if (type.startsWith("multipart/form-data")) {
      try (InputStream file = HttpReferenceForm.file(request)) {
        return keep(file, principal);
      }
    }
    if (type.startsWith("multipart/") || type.startsWith("application/x-www-form-urlencoded")) {
      throw new RefusalException(
          ErrorCode.UNSUPPORTED_MEDIA_TYPE,
          "Send the media themselves as the body, or as the part 'file' of a form.");
    }
    return keep(request.getInputStream(), principal);
  }

  private ResponseEntity<ReferenceFacts> keep(InputStream content, Principal principal)
      throws IOException {
    IncomingMedia media =
        switch (IncomingMedia.look(content, EnumSet.allOf(MediaKind.class), limits)) {
          case IncomingMedia.Look.Good(IncomingMedia good) -> good;
          case IncomingMedia.Look.Bad(String why) ->
              throw new RefusalException(ErrorCode.INVALID_REFERENCE, why);
        };
    try (Spool spool = deposits.spool()) {
      Spool.Filled filled = spool.fill(media.content(), Long.MAX_VALUE);
      if (filled.cut().isPresent()) {
        throw filled.cut().get() instanceof IncomingMedia.TooLarge
            ? new RefusalException(ErrorCode.TOO_LARGE, "A reference of that kind is smaller.")
            : new RefusalException(ErrorCode.INVALID_BODY, "The upload broke off.");
      }
      return kept(spool, filled.bytes(), media.contentType(), principal);
    }
  }

  private ResponseEntity<ReferenceFacts> kept(
      Spool spool, long bytes, String contentType, Principal principal) throws IOException {
    ReferenceId id = ReferenceId.mint();
    ObjectKey key = ObjectKey.of(principal.workspace(), "references", id.value());
    references.begin(principal.workspace(), id, contentType, principal.actor());
    try (InputStream content = spool.open()) {
      if (!references.stored(id, deposits.put(key, content, bytes, contentType))) {
        vault.delete(key);
        throw new RefusalException(ErrorCode.STORE_UNAVAILABLE, "The upload took too long.");
      }
    } catch (VaultUnavailable | UncheckedIOException e) {
      // Whether the bytes stand there is not known: the row stays, and the sweeper looks.
      throw FinishUpload.away();
    } catch (RefusalException e) {
      references.abandon(id);
      throw e;
    }
    return ResponseEntity.created(URI.create("/api/references/" + id.value()))
        .body(references.find(principal.workspace(), id.value()).orElseThrow(this::unknown));
  }

  @GetMapping("/{id}")
  ReferenceFacts reference(@PathVariable String id, Principal principal) {
    return references.find(principal.workspace(), id).orElseThrow(this::unknown);
  }

  @GetMapping
  Page page(
      @RequestParam(defaultValue = "20") int limit,
      @RequestParam Optional<String> after,
      Principal principal) {
    if (limit < 1 || limit > LONGEST_PAGE) {
      throw new RefusalException(ErrorCode.INVALID_REQUEST, "limit is 1 to 100.").param("limit");
    }
    List<ReferenceFacts> found = references.page(principal.workspace(), after, limit + 1);
    return new Page(found.subList(0, Math.min(limit, found.size())), found.size() > limit);
  }

  @DeleteMapping("/{id}")
  ResponseEntity<Void> delete(@PathVariable String id, Principal principal) {
    return switch (references.remove(principal.workspace(), id, principal.actor())) {
      case UNKNOWN -> throw unknown();
      case IN_USE ->
          throw new RefusalException(
              ErrorCode.CONFLICT, "A generation that has not ended starts from it.");
      case REMOVED -> {
        // The sweeper takes the bytes away.
        yield ResponseEntity.noContent().build();
      }
    };
  }

  private RefusalException unknown() {
    return new RefusalException(ErrorCode.NOT_FOUND, "There is no such reference.");
  }
}
