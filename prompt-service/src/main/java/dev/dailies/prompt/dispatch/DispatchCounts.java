package dev.dailies.prompt.dispatch;

import dev.dailies.contracts.Pool;
import java.time.Duration;
import java.util.Optional;

/** What is counted of dispatch; called after the commit. */
interface DispatchCounts {
  /**
   * An attempt was handed out.
   *
   * @param waited since acceptance, for a first attempt
   */
  void released(Pool pool, Optional<Duration> waited);

  void handedOutAgain(Pool pool);

  void failedPass(Pool pool);
}
