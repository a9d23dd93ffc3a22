package dev.dailies.prompt.reference;

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
 * @param patience how long a reference may be unheard of before what needs it fails
 * @param scan how often that is looked for
 * @param abandoned age at which an upload that was never finished is removed
 */
@ConfigurationProperties(prefix = "dailies.reference", ignoreUnknownFields = false)
public record ReferenceProperties(
    @DefaultValue("20MB") DataSize largestImage,
    @DefaultValue("200MB") DataSize largestMedia,
    @DefaultValue("60s") Duration patience,
    @DefaultValue("2s") Duration scan,
    @DefaultValue("1h") Duration abandoned) {

  IncomingMedia.Limits limits() {
    return new IncomingMedia.Limits(largestImage.toBytes(), largestMedia.toBytes());
  }
}
