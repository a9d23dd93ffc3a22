package dev.dailies.vault;

/** There is no object at the key. Repeating the call will not bring it. */
public final class ObjectMissing extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ObjectMissing(ObjectKey key) {
    super("no object at " + key);
  }
}
