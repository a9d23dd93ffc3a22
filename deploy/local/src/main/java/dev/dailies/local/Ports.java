package dev.dailies.local;

import dev.dailies.parts.FreePort;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Properties;
import java.util.Set;

/**
 * The loopback ports of one data folder: free when chosen, and the same again in the next run while
 * they are still free. A render remembers the exact origin of its endpoint, so that origin should
 * outlive a restart.
 */
final class Ports {
  private final Path file;
  private final Properties known = new Properties();
  private final Set<Integer> given = new HashSet<>();

  Ports(Path file) {
    this.file = file;
    if (Files.exists(file)) {
      try (InputStream in = Files.newInputStream(file)) {
        known.load(in);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** The port of that name: the one of the last run if it is free, else another. */
  synchronized int of(String name) {
    String before = known.getProperty(name);
    if (before != null && before.matches("\\d{1,5}")) {
      int port = Integer.parseInt(before);
      if (given.contains(port)) {
        return port;
      }
      if (FreePort.isFree(port)) {
        given.add(port);
        return port;
      }
    }
    int port = FreePort.pick();
    while (known.containsValue(String.valueOf(port))) {
      port = FreePort.pick();
    }
    given.add(port);
    known.setProperty(name, String.valueOf(port));
    save();
    return port;
  }

  private void save() {
    try (OutputStream out = Files.newOutputStream(file)) {
      known.store(out, "ports of the last run");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
