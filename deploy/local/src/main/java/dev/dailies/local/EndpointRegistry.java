package dev.dailies.local;

import java.net.URI;

/** The render-workers' registry of model endpoints in local mode: the animatic endpoint alone. */
final class EndpointRegistry {
  private EndpointRegistry() {}

  /** The file's text, for the animatic endpoint at that origin. */
  static String of(URI animatic) {
    return """
    # Written by the launcher at each start.
    endpoints:
      - name: animatic
        address: %s
        adapter: openai-videos
        profile: generic
        slots: 2
        poll-interval: 250ms
        lists-references: true
        models:
          - name: animatic-1
            sound: true
            price-per-second: 0.01 USD
    """
        .formatted(animatic);
  }
}
