package dev.dailies.asset.delivery;

import dev.dailies.asset.AssetProperties;
import dev.dailies.asset.delivery.ContentLibrary.Content;
import dev.dailies.contracts.ErrorCode;
import dev.dailies.contracts.event.AssetVariant;
import dev.dailies.edge.Allow;
import dev.dailies.edge.Principal;
import dev.dailies.edge.RefusalException;
import dev.dailies.edge.Role;
import dev.dailies.vault.AssetVault;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code POST /api/assets/{id}/download}: a URL by which a marked form of an asset can be fetched
 * from the store itself, for a minute at most. Only for what may be seen, never for the master.
 */
@RestController
class DownloadController {
  private static final Map<String, AssetVariant> VARIANTS =
      Map.of(
          "delivery", AssetVariant.DELIVERY,
          "proxy", AssetVariant.PROXY,
          "poster", AssetVariant.POSTER,
          "sprite", AssetVariant.SPRITE);

  /** Where to fetch it, and until when that can be begun. */
  record Download(URI url, Instant expiresAt, long size, String sha256, String contentType) {}

  private final ContentLibrary library;
  private final AssetVault vault;
  private final Duration validity;
  private final Clock clock;

  DownloadController(
      ContentLibrary library, AssetVault vault, AssetProperties properties, Clock clock) {
    this.library = library;
    this.vault = vault;
    this.validity = properties.downloadValidity();
    this.clock = clock;
  }

  @Allow({Role.PRODUCER, Role.REVIEWER, Role.APPROVER})
  @RequestMapping(
      path = "/api/assets/{id}/download",
      method = {RequestMethod.GET, RequestMethod.POST})
  ResponseEntity<Download> download(
      @PathVariable String id,
      @RequestParam(defaultValue = "delivery") String variant,
      Principal principal) {
    AssetVariant wanted =
        Optional.ofNullable(VARIANTS.get(variant))
            .orElseThrow(() ->
                new RefusalException(
                        ErrorCode.INVALID_REQUEST,
                        "variant is one of delivery, proxy, poster, sprite.")
                    .param("variant"));
    Content content =
        library
            .ofAsset(principal.workspace(), id, wanted)
            .orElseThrow(
                () -> new RefusalException(ErrorCode.NOT_FOUND, "There is no such content."));
    String name = name(content, wanted);
    Instant expires = clock.instant().plus(validity);
    URI url = vault.presign(content.key(), validity, Optional.of(name));
    return ResponseEntity.ok()
        .cacheControl(CacheControl.noStore())
        .body(new Download(url, expires, content.size(), content.sha256(), content.contentType()));
  }

  private static String name(Content content, AssetVariant variant) {
    String key = content.key().value();
    String suffix = key.substring(key.lastIndexOf('.'));
    return content.asset().value() + "-" + variant.name().toLowerCase(Locale.ROOT) + suffix;
  }
}
