package dev.dailies.worker.endpoint.openai;

import dev.dailies.worker.endpoint.EndpointDefinition;
import dev.dailies.worker.endpoint.ModelEndpoint;

/** The {@code openai-videos} adapter. */
public final class OpenAiVideos {
  /** Its name in the registry. */
  public static final String ADAPTER = "openai-videos";

  /** The dialect that keeps to OpenAI's own contract: JSON create, {@code /content}, delete. */
  public static final String GENERIC = "generic";

  private OpenAiVideos() {}

  /** An endpoint that speaks this wire format. */
  public static ModelEndpoint of(EndpointDefinition definition) {
    if (!definition.profile().equals(GENERIC)) {
      throw new IllegalArgumentException(
          "%s: %s knows the profile %s, not '%s'"
              .formatted(definition.name(), ADAPTER, GENERIC, definition.profile()));
    }
    return new HttpVideosEndpoint(definition);
  }
}
