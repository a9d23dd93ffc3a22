package dev.dailies.vault;

import org.jspecify.annotations.Nullable;

/**
 * The store can't be reached, or refuses for a reason that an operator can mend (credentials,
 * quota, a bucket that is not there). The same call may succeed later.
 */
public final class VaultUnavailable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public VaultUnavailable(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
