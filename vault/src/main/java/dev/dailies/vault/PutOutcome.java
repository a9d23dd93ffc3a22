package dev.dailies.vault;

import dev.dailies.contracts.event.StoredObject;

/** What became of a put. Either way the object that now stands at the key is told. */
public sealed interface PutOutcome {
  /** The object at the key, with the digest of the bytes that stand there. */
  StoredObject object();

  /** This put created the object. */
  record Stored(StoredObject object) implements PutOutcome {}

  /**
   * An object stood there before, or another put was faster. It was read back and hashed: compare
   * its digest before taking it for one's own.
   */
  record AlreadyThere(StoredObject object) implements PutOutcome {}
}
