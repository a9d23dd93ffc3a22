package dev.dailies.parts;

/** A part could not be started or stopped. The message is for the person at the terminal. */
public final class PartFailed extends RuntimeException {

  public PartFailed(String message) {
    super(message);
  }

  public PartFailed(String message, Throwable cause) {
    super(message, cause);
  }
}
