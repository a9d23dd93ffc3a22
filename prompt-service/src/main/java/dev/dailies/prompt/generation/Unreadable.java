package dev.dailies.prompt.generation;

import dev.dailies.contracts.ErrorCode;

/** Says what can't be read; carries a {@link Refusal} to whoever answers. */
public final class Unreadable extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Refusal refusal;

  Unreadable(ErrorCode code, String param, String message) {
    super(message);
    this.refusal = new Refusal("readable", code, message, param);
  }

  /** A field that says something we can't take. */
  static Unreadable field(String param, String why) {
    return new Unreadable(ErrorCode.INVALID_REQUEST, param, param + " " + why + ".");
  }

  /** What the client is told. */
  public Refusal refusal() {
    return refusal;
  }
}
