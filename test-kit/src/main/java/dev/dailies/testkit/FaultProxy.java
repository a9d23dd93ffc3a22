package dev.dailies.testkit;

import dev.dailies.parts.FreePort;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A TCP proxy on loopback that fails on demand, for what a network does to a store, a database or
 * an endpoint.
 *
 * <p>One {@link Fault} is in force at a time and concerns open and new connections; {@link #cut()}
 * breaks what is open now. A cut is a reset (RST), not an orderly end. The proxy keeps its port
 * when it refuses and passes again.
 */
public final class FaultProxy implements AutoCloseable {

  /** What the network does. */
  public sealed interface Fault {
    /** Nothing: bytes pass. */
    record Pass() implements Fault {}

    /** Nobody listens; open connections are cut. */
    record Refuse() implements Fault {}

    /** Connections are taken, and no byte moves in either direction. */
    record Stall() implements Fault {}

    /** Bytes reach the server, and none of its answers come back. */
    record Withhold() implements Fault {}

    /** A new connection is cut in the place of the byte after so many to the server. */
    record CutUpload(long bytes) implements Fault {}

    /**
     * A new connection is cut in the place of the byte after so many to the client; with 0 the
     * server has acted and its answer is lost.
     */
    record CutDownload(long bytes) implements Fault {}
  }

  private static final int BUFFER = 16 * 1024;

  private final String host;
  private final int target;
  private final int port;
  private final Set<Link> links = ConcurrentHashMap.newKeySet();
  private final AtomicInteger accepted = new AtomicInteger();
  private final Object gate = new Object();
  private volatile Fault fault = new Fault.Pass();
  private volatile ServerSocket listener;
  private volatile boolean closed;

  private FaultProxy(String host, int target) {
    this.host = host;
    this.target = target;
    this.port = FreePort.pick();
    this.listener = listen();
  }

  /** A proxy to a server on loopback. */
  public static FaultProxy to(int port) {
    return new FaultProxy("127.0.0.1", port);
  }

  /** A proxy to the server at this address. */
  public static FaultProxy to(URI address) {
    return new FaultProxy(address.getHost(), address.getPort());
  }

  public int port() {
    return port;
  }

  /** The proxy as an HTTP address. */
  public URI http() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** How many connections were taken so far. */
  public int accepted() {
    return accepted.get();
  }

  public void pass() {
    become(new Fault.Pass());
  }

  public void refuse() {
    become(new Fault.Refuse());
  }

  public void stall() {
    become(new Fault.Stall());
  }

  public void withhold() {
    become(new Fault.Withhold());
  }

  public void cutUploadAfter(long bytes) {
    become(new Fault.CutUpload(bytes));
  }

  public void cutDownloadAfter(long bytes) {
    become(new Fault.CutDownload(bytes));
  }

  /** Resets every open connection; new ones are dealt with as before. */
  public void cut() {
    links.forEach(Link::reset);
  }

  /** Puts this fault in force, in the place of the one before. */
  public synchronized void become(Fault next) {
    if (closed) {
      throw new IllegalStateException("the proxy is closed");
    }
    synchronized (gate) {
      fault = next;
      gate.notifyAll();
    }
    switch (next) {
      case Fault.Refuse refuse -> {
        shut(listener);
        cut();
      }
      case Fault.Pass pass -> ensureListening();
      case Fault.Stall stall -> ensureListening();
      case Fault.Withhold withhold -> ensureListening();
      case Fault.CutUpload upload -> ensureListening();
      case Fault.CutDownload download -> ensureListening();
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    shut(listener);
    cut();
    synchronized (gate) {
      gate.notifyAll();
    }
  }

  private void ensureListening() {
    if (listener.isClosed()) {
      listener = listen();
    }
  }

  private ServerSocket listen() {
    try {
      ServerSocket socket = new ServerSocket();
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), 128);
      Thread.ofVirtual().name("fault-proxy-" + port).start(() -> acceptAll(socket));
      return socket;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private void acceptAll(ServerSocket socket) {
    while (!socket.isClosed()) {
      try {
        Socket client = socket.accept();
        accepted.incrementAndGet();
        Thread.ofVirtual().start(() -> join(client));
      } catch (IOException noLongerListening) {
        return;
      }
    }
  }

  private void join(Socket client) {
    Fault agreed = fault;
    try {
      Socket server = new Socket();
      Link link = new Link(client, server);
      links.add(link);
      try {
        server.connect(new InetSocketAddress(host, target), 5_000);
        long up = agreed instanceof Fault.CutUpload cut ? cut.bytes() : Long.MAX_VALUE;
        long down = agreed instanceof Fault.CutDownload cut ? cut.bytes() : Long.MAX_VALUE;
        Thread upload = Thread.ofVirtual().start(() -> link.pump(client, server, up, false));
        link.pump(server, client, down, true);
        upload.join(Duration.ofMinutes(10));
      } finally {
        links.remove(link);
        link.reset();
      }
    } catch (IOException targetIsDown) {
      shut(client);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void awaitMovement(boolean down) throws InterruptedException {
    synchronized (gate) {
      while (!closed
          && (fault instanceof Fault.Stall || (down && fault instanceof Fault.Withhold))) {
        gate.wait();
      }
    }
  }

  private static void shut(AutoCloseable socket) {
    try {
      socket.close();
    } catch (Exception alreadyBroken) {
      // Closed is closed.
    }
  }

  private final class Link {
    private final Socket client;
    private final Socket server;

    Link(Socket client, Socket server) {
      this.client = client;
      this.server = server;
    }

    /** Moves bytes until an end, which it passes on as such; after {@code limit} bytes it cuts. */
    void pump(Socket from, Socket to, long limit, boolean down) {
      byte[] buffer = new byte[BUFFER];
      long left = limit;
      try {
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
          awaitMovement(down);
          out.write(buffer, 0, (int) Math.min(read, left));
          if (read > left) {
            reset();
            return;
          }
          left -= read;
        }
        to.shutdownOutput();
      } catch (IOException broken) {
        reset();
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
    }

    void reset() {
      for (Socket socket : new Socket[] {client, server}) {
        try {
          // Linger 0 turns the close into a reset.
          socket.setSoLinger(true, 0);
        } catch (IOException alreadyClosed) {
          continue;
        }
        shut(socket);
      }
    }
  }
}
