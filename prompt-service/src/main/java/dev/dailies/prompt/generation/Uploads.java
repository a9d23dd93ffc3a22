package dev.dailies.prompt.generation;

import dev.dailies.prompt.generation.WantedSource.Input;
import dev.dailies.prompt.reference.KnownReference;
import dev.dailies.prompt.reference.ReferenceShelf;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The files of a request: stored before its transaction, which is short then, and taken in by it.
 * If that does not happen they are discarded; what dies before is found by the sweeper.
 */
final class Uploads {
  private final ReferenceShelf shelf;

  Uploads(ReferenceShelf shelf) {
    this.shelf = shelf;
  }

  /** The same request, its files stored. */
  PreparedRequest store(PreparedRequest prepared) {
    List<FoundSource> stored = new ArrayList<>();
    for (FoundSource source : prepared.question().sources()) {
      stored.add(
          source.wanted().input() instanceof Input.Uploaded(Upload upload)
              ? source.kept(store(prepared, source, upload))
              : source);
    }
    return prepared.with(stored);
  }

  private KnownReference store(PreparedRequest prepared, FoundSource source, Upload upload) {
    try (InputStream content = upload.content().open()) {
      return shelf.store(
          prepared.workspace(), content, upload.contentType(), source.wanted().param());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** In the transaction that accepts the request. */
  void keep(PreparedRequest prepared) {
    for (KnownReference stored : stored(prepared)) {
      shelf.keep(prepared.workspace(), prepared.actor(), stored);
    }
  }

  /** After a transaction that did not accept it, or may not have; what was kept stays. */
  void discard(PreparedRequest prepared) {
    for (KnownReference stored : stored(prepared)) {
      shelf.discard(prepared.workspace(), stored.id());
    }
  }

  private static List<KnownReference> stored(PreparedRequest prepared) {
    return prepared.question().sources().stream()
        .filter(source -> source.wanted().input() instanceof Input.Uploaded)
        .flatMap(source -> source.reference().stream())
        .toList();
  }
}
