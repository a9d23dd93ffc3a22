package dev.dailies.asset.erasure;

import dev.dailies.asset.erasure.Erasures.Due;
import dev.dailies.contracts.AssetId;
import dev.dailies.vault.AssetVault;
import dev.dailies.vault.ObjectKey;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Clears the places of erased generations in the store: all that workers put under the generation's
 * own prefix (masters of every take, taken, rejected or surplus, and what lies beside them), and
 * all that was made of them. By prefix and not by what the database knows, so that nothing which
 * was stored without a word stays.
 *
 * <p>Done again after a failure, and a few times later on, since a worker that hung may store its
 * result without anybody hearing of it. References are not touched: they are their workspace's.
 */
final class EraseMedia {
  private static final Logger log = LoggerFactory.getLogger(EraseMedia.class);
  private static final int AT_ONCE = 16;
  // Short, for one that died: two at once do no harm.
  private static final Duration LEASE = Duration.ofSeconds(20);
  // The last is as old as a job can get.
  private static final List<Duration> LATER =
      List.of(Duration.ofMinutes(5), Duration.ofHours(1), Duration.ofHours(24));

  private final Erasures erasures;
  private final AssetVault vault;
  private final Duration patience;

  /**
   * Erases by this store.
   *
   * @param patience wait before it is tried again when the store is away
   */
  EraseMedia(Erasures erasures, AssetVault vault, Duration patience) {
    this.erasures = erasures;
    this.vault = vault;
    this.patience = patience;
  }

  /** Does what is due; false if nothing is left that could be done now. */
  boolean work() {
    List<Due> all = erasures.claim(AT_ONCE, LEASE);
    for (Due due : all) {
      try {
        erasures.removed(due, remove(due), next(due));
      } catch (RuntimeException e) {
        // Only this one waits.
        log.warn("the media of {} are still to be removed: {}", due.generation(), e.getMessage());
        erasures.postpone(due, patience);
      }
    }
    return all.size() == AT_ONCE;
  }

  private int remove(Due due) {
    int objects =
        vault.deleteAll(ObjectKey.of(due.workspace(), "renders", due.generation().value()));
    for (AssetId asset : due.assets()) {
      objects += vault.deleteAll(ObjectKey.of(due.workspace(), "assets", asset.value()));
    }
    return objects;
  }

  private static Optional<Duration> next(Due due) {
    return due.passes() < LATER.size() ? Optional.of(LATER.get(due.passes())) : Optional.empty();
  }
}
