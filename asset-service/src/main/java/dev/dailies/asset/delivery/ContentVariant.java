package dev.dailies.asset.delivery;

import dev.dailies.contracts.event.AssetVariant;
import java.util.Arrays;
import java.util.Optional;

/**
 * What {@code /v1/videos/{id}/content} can be asked for, by OpenAI's names. The master is not among
 * them: it lacks the AI marking.
 */
enum ContentVariant {
  VIDEO("video", AssetVariant.DELIVERY),
  THUMBNAIL("thumbnail", AssetVariant.POSTER),
  SPRITESHEET("spritesheet", AssetVariant.SPRITE);

  private final String parameter;
  private final AssetVariant variant;

  ContentVariant(String parameter, AssetVariant variant) {
    this.parameter = parameter;
    this.variant = variant;
  }

  static Optional<ContentVariant> named(String parameter) {
    return Arrays.stream(values()).filter(v -> v.parameter.equals(parameter)).findFirst();
  }

  AssetVariant variant() {
    return variant;
  }
}
