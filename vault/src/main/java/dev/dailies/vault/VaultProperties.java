package dev.dailies.vault;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How to reach the store.
 *
 * @param store name of the store, as stored objects tell it
 * @param endpoint where this service reaches it
 * @param publicEndpoint where clients reach it, for presigned URLs; absent: same as {@code
 *     endpoint}
 * @param region region of the bucket
 * @param bucket the bucket; created when missing
 * @param accessKey access key
 * @param secretKey secret key
 * @param partSize part of a multipart upload, 5 MiB to 5 GiB; one such buffer per running put, and
 *     10,000 of them are the largest object
 * @param connectTimeout longest wait for a connection
 * @param timeout longest silence while bytes are sent or received
 * @param checkTimeout longest time for a check of health
 */
@ConfigurationProperties(prefix = "dailies.vault", ignoreUnknownFields = false)
public record VaultProperties(
    @DefaultValue("s3") String store,
    @DefaultValue("http://127.0.0.1:9000") URI endpoint,
    Optional<URI> publicEndpoint,
    @DefaultValue("us-east-1") String region,
    @DefaultValue("dailies") String bucket,
    @DefaultValue("dailies") String accessKey,
    @DefaultValue("dailies-secret") String secretKey,
    @DefaultValue("8MB") DataSize partSize,
    @DefaultValue("2s") Duration connectTimeout,
    @DefaultValue("30s") Duration timeout,
    @DefaultValue("2s") Duration checkTimeout) {
  private static final DataSize LEAST_PART = DataSize.ofMegabytes(5);
  private static final DataSize MOST_PART = DataSize.ofGigabytes(1);

  public VaultProperties {
    // An environment variable that is there but empty says nothing.
    publicEndpoint = publicEndpoint.filter(e -> !e.toString().isEmpty());
    if (partSize.compareTo(LEAST_PART) < 0 || partSize.compareTo(MOST_PART) > 0) {
      throw new IllegalArgumentException("dailies.vault.part-size is 5MB to 1GB, not " + partSize);
    }
    if (!"http".equals(endpoint.getScheme()) && !"https".equals(endpoint.getScheme())) {
      throw new IllegalArgumentException("dailies.vault.endpoint is an http(s) URL: " + endpoint);
    }
  }

  /** Never shows the secret. */
  @Override
  public String toString() {
    return "VaultProperties[store=%s, endpoint=%s, region=%s, bucket=%s]"
        .formatted(store, endpoint, region, bucket);
  }
}
