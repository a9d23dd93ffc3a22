package dev.dailies.parts;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Picks a loopback port that nobody listens on.
 *
 * <p>Picked from below the ephemeral range: a server that is killed and started again wants its old
 * port back, and from the ephemeral range the system could have lent it to a client meanwhile (even
 * to one that was connecting to that very port, which then talks to itself).
 */
public final class FreePort {

  private static final int FIRST = 14_000;
  private static final int LAST = 32_000;
  private static final int TRIES = 200;

  private FreePort() {}

  /** A port that was free a moment ago. */
  public static int pick() {
    for (int attempt = 0; attempt < TRIES; attempt++) {
      int port = ThreadLocalRandom.current().nextInt(FIRST, LAST);
      if (isFree(port)) {
        return port;
      }
    }
    throw new PartFailed("no free port between " + FIRST + " and " + LAST);
  }

  /** Whether a server could listen on the loopback port now. */
  public static boolean isFree(int port) {
    try (ServerSocket probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port));
      return true;
    } catch (IOException taken) {
      return false;
    }
  }
}
