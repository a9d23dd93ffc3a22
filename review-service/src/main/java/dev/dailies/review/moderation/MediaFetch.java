package dev.dailies.review.moderation;

import dev.dailies.review.board.Take;
import dev.dailies.vault.AssetVault;
import dev.dailies.vault.ObjectKey;
import dev.dailies.vault.ObjectMissing;
import dev.dailies.vault.VaultObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Brings the stored form that is judged into scratch space: the proxy, which shows all there is.
 */
final class MediaFetch {
  private final AssetVault vault;

  MediaFetch(AssetVault vault) {
    this.vault = vault;
  }

  /** What became of it. A store that is down throws {@code VaultUnavailable}. */
  sealed interface Fetched {
    /** The bytes that asset-service told of. */
    record Local(Path file) implements Fetched {}

    /** There is nothing to judge, or not what was told. */
    record Unusable(String category) implements Fetched {}
  }

  /** The form that is judged; empty if none is stored. */
  static Optional<Take.Form> judged(Take take) {
    return Stream.of("PROXY", "DELIVERY", "MASTER").flatMap(v -> take.form(v).stream()).findFirst();
  }

  Fetched fetch(Take take, Path folder) throws IOException {
    Optional<Take.Form> form = judged(take);
    if (form.isEmpty()) {
      return new Fetched.Unusable("media_missing");
    }
    Path file = folder.resolve("clip");
    try (VaultObject object = vault.open(new ObjectKey(form.get().key()))) {
      return object.saveTo(file).equals(form.get().sha256())
          ? new Fetched.Local(file)
          : new Fetched.Unusable("media_changed");
    } catch (ObjectMissing e) {
      return new Fetched.Unusable("media_missing");
    }
  }
}
