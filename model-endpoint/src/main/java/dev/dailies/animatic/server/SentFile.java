package dev.dailies.animatic.server;

import java.io.IOException;
import java.io.InputStream;

/** A file of a form; it lies on disk until the request has its answer. */
record SentFile(long size, Content content) {
  /** Opens it from its start. */
  interface Content {
    InputStream open() throws IOException;
  }
}
