package dev.dailies.asset.reference;

import dev.dailies.contracts.ErrorCode;
import dev.dailies.contracts.ReferenceId;
import dev.dailies.contracts.event.StoredObject;
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
  private final IncomingMedia.Limits limits;

  ReferenceController(References references, AssetVault vault, ReferenceProperties properties) {
    this.references = references;
    this.vault = vault;
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
    ReferenceId id = ReferenceId.mint();
    references.begin(principal.workspace(), id, media.contentType(), principal.actor());
    StoredObject object =
        stored(ObjectKey.of(principal.workspace(), "references", id.value()), id, media);
    if (!references.stored(id, object)) {
      vault.delete(new ObjectKey(object.getKey()));
      throw new RefusalException(ErrorCode.STORE_UNAVAILABLE, "The upload took too long.");
    }
    return ResponseEntity.created(URI.create("/api/references/" + id.value()))
        .body(references.find(principal.workspace(), id.value()).orElseThrow(this::unknown));
  }

  private StoredObject stored(ObjectKey key, ReferenceId id, IncomingMedia media) {
    try (InputStream content = media.content()) {
      return vault.put(key, content, media.contentType()).object();
    } catch (VaultUnavailable e) {
      // Whether the bytes stand there is not known: the row stays, and the sweeper looks.
      throw new RefusalException(
              ErrorCode.STORE_UNAVAILABLE, "The object store can't be reached; try again.")
          .header("Retry-After", "2");
    } catch (UncheckedIOException e) {
      references.abandon(id);
      throw e.getCause() instanceof IncomingMedia.TooLarge
          ? new RefusalException(ErrorCode.TOO_LARGE, "A reference of that kind is smaller.")
          : new RefusalException(ErrorCode.INVALID_BODY, "The upload broke off.");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
