package dev.dailies.asset.ingest;

import dev.dailies.contracts.AssetId;
import dev.dailies.contracts.RenderId;
import dev.dailies.contracts.Sha256;

/**
 * The id of an asset follows from the render that made it, so that an ingest that is done again
 * gives the same asset. It keeps the render's time of birth, hence its place in order; the rest is
 * a digest.
 */
public final class AssetIds {
  private static final char[] ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz".toCharArray();
  private static final int TIME = 10;
  private static final int REST = 16;

  private AssetIds() {}

  /** The id of what the render made. */
  public static AssetId of(RenderId render) {
    String body = render.value().substring(RenderId.PREFIX.length());
    StringBuilder id = new StringBuilder(AssetId.PREFIX).append(body, 0, TIME);
    byte[] digest = Sha256.of("asset of " + render.value());
    for (int i = 0; i < REST; i++) {
      id.append(ALPHABET[digest[i] & 31]);
    }
    return new AssetId(id.toString());
  }
}
