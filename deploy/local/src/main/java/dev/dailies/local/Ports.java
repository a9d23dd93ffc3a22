package dev.dailies.local;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The loopback ports of one data folder: free when chosen, and the same again in the next run while
 * they are still free. A render remembers the exact origin of its endpoint, so that origin should
 * outlive a restart.
 *
 * <p>Chosen below the range from which the system takes the ports of outgoing connections: such a
 * connection could otherwise sit on the port of a service that is just being restarted.
 */
final class Ports {
  private static final int LOWEST = 20_000;
  private static final int HIGHEST = 32_000;
  private static final int ATTEMPTS = 1_000;

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
      if (free(port)) {
        given.add(port);
        return port;
      }
    }
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
      if (!known.containsValue(String.valueOf(port)) && free(port)) {
        given.add(port);
        known.setProperty(name, String.valueOf(port));
        save();
        return port;
      }
    }
    throw new LaunchFailure("no free port between %d and %d".formatted(LOWEST, HIGHEST));
  }

  private void save() {
    try (OutputStream out = Files.newOutputStream(file)) {
      known.store(out, "ports of the last run");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean free(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      // As the servers do: a connection of the last run that is still closing is no obstacle.
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException taken) {
      return false;
    }
  }
}
