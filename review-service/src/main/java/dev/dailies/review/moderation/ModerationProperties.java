package dev.dailies.review.moderation;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings under {@code dailies.review.moderation}.
 *
 * @param policy where the policy file is; a path, or {@code classpath:}
 * @param concurrency assets judged at the same time by this process
 * @param lease how long a process that dies keeps its tasks from others
 * @param sampling wall-clock limit of one look through a clip
 * @param scratch folder for media while they are judged
 * @param openai the {@code openai-moderations} provider; off without an endpoint
 */
@ConfigurationProperties(value = "dailies.review.moderation", ignoreUnknownFields = false)
public record ModerationProperties(
    @DefaultValue("classpath:moderation/policy.yaml") String policy,
    @DefaultValue("2") int concurrency,
    @DefaultValue("10s") Duration lease,
    @DefaultValue("60s") Duration sampling,
    Path scratch,
    @DefaultValue OpenAi openai) {

  public ModerationProperties {
    if (concurrency < 1 || concurrency > 64) {
      throw new IllegalArgumentException(
          "dailies.review.moderation.concurrency lies between 1 and 64");
    }
    if (lease.toMillis() < 3000) {
      throw new IllegalArgumentException("dailies.review.moderation.lease is at least 3s");
    }
  }

  /**
   * The {@code openai-moderations} provider.
   *
   * @param endpoint base address without {@code /v1}; empty: it is not asked
   * @param keyFile file that holds the key; goes before {@code key}
   * @param key the key
   * @param model model to ask
   * @param timeout of one request
   */
  public record OpenAi(
      @DefaultValue("") String endpoint,
      @DefaultValue("") String keyFile,
      @DefaultValue("") String key,
      @DefaultValue("omni-moderation-latest") String model,
      @DefaultValue("10s") Duration timeout) {

    public OpenAi {
      if (!endpoint.isBlank()) {
        URI base = URI.create(endpoint);
        if (!List.of("http", "https").contains(base.getScheme()) || base.getHost() == null) {
          throw new IllegalArgumentException(
              "dailies.review.moderation.openai.endpoint is no http address: " + endpoint);
        }
      }
    }

    /** Whether it is to be asked at all. */
    public boolean configured() {
      return !endpoint.isBlank();
    }

    @Override
    public String toString() {
      return "OpenAi[endpoint=%s, model=%s]".formatted(endpoint, model);
    }
  }
}
