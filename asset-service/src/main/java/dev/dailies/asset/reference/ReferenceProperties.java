package dev.dailies.asset.reference;

import dev.dailies.vault.IncomingMedia;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings under {@code dailies.reference}.
 *
 * @param largestImage most bytes of an image
 * @param largestMedia most bytes of a video or sound
 * @param abandoned age at which an upload that was never finished is removed
 */
@ConfigurationProperties(prefix = "dailies.reference", ignoreUnknownFields = false)
public record ReferenceProperties(
    @DefaultValue("20MB") DataSize largestImage,
    @DefaultValue("2GB") DataSize largestMedia,
    @DefaultValue("1h") Duration abandoned) {

  IncomingMedia.Limits limits() {
    return new IncomingMedia.Limits(largestImage.toBytes(), largestMedia.toBytes());
  }
}
