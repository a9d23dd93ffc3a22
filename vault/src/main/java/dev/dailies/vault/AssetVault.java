package dev.dailies.vault;

import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * Where bytes are kept: write once, read many, addressed by {@link ObjectKey}.
 *
 * <p>An object never changes once it is there. {@link #put} creates it or finds that it exists, so
 * a put may be repeated after any failure, by any process, and at most one content ever stands at a
 * key. Heap use does not depend on the size of an object in either direction.
 *
 * <p>Every method throws {@link VaultUnavailable} when the store can't be reached or refuses for a
 * reason that an operator can mend: the same call may succeed later. Reading what is not there is
 * {@link ObjectMissing}.
 */
public interface AssetVault {
  /**
   * Stores the content, read to its end, unless an object stands at the key already. The content
   * may be left unread if one does.
   *
   * @throws UncheckedIOException if the content can't be read; nothing has been stored then
   */
  PutOutcome put(ObjectKey key, InputStream content, String contentType);

  /** The whole object. */
  VaultObject open(ObjectKey key);

  /** The bytes from one offset to another, both counted from 0 and inclusive. */
  VaultObject open(ObjectKey key, long from, long toInclusive);

  /** What stands at the key, if anything does. */
  Optional<ObjectStat> find(ObjectKey key);

  /** Removes the object; nothing happens if there is none. */
  void delete(ObjectKey key);

  /**
   * Removes every object whose key begins with the folder's segments, and what is left of uploads
   * that were never completed there. May be repeated after any failure.
   *
   * @return how many objects were removed
   */
  int deleteAll(ObjectKey folder);

  /**
   * A URL by which anyone may read the object until it expires. Signed without asking the store, so
   * it is made for a missing object too. The download name, if given, is what a browser saves it
   * as.
   */
  URI presign(ObjectKey key, Duration validity, Optional<String> downloadName);

  /** Returns if the store would work now; creates the bucket where it is missing. */
  void check();
}
