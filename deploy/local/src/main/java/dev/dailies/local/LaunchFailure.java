package dev.dailies.local;

/** Why Dailies cannot start here, in one line for the person in front of it. */
public final class LaunchFailure extends RuntimeException {
  public LaunchFailure(String message) {
    super(message);
  }

  public LaunchFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
