package dev.dailies.worker.endpoint;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where a key is read from, each time anew, so that it can be rotated without a restart. The
 * registry never holds a key itself.
 */
public sealed interface CredentialReference {
  /** The key now. */
  String read();

  /** {@code env:NAME} or {@code file:/path}. */
  static CredentialReference parse(String text) {
    if (text.startsWith("env:")) {
      return new Environment(text.substring("env:".length()));
    }
    if (text.startsWith("file:")) {
      return new File(Path.of(text.substring("file:".length())));
    }
    throw new IllegalArgumentException("a credential is env:NAME or file:/path");
  }

  /** In an environment variable. */
  record Environment(String name) implements CredentialReference {
    @Override
    public String read() {
      String value = System.getenv(name);
      if (value == null || value.isBlank()) {
        throw new IllegalStateException("environment variable " + name + " is not set");
      }
      return value;
    }
  }

  /** In a file, as secrets are mounted. */
  record File(Path path) implements CredentialReference {
    @Override
    public String read() {
      try {
        return Files.readString(path).strip();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
