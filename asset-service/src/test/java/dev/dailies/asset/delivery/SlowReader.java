package dev.dailies.asset.delivery;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/**
 * A client that takes the head of an answer and a few bytes, and leaves the rest waiting. It reads
 * from a plain socket with a small window: a ready-made client drains a whole video into memory of
 * its own before anything can be cut off.
 */
final class SlowReader implements AutoCloseable {
  private static final int WINDOW = 64 * 1024;

  private final Socket socket = new Socket();
  private final InputStream in;
  private final long length;
  private long read;

  SlowReader(int port, String path, String key) throws IOException {
    socket.setReceiveBufferSize(WINDOW);
    socket.connect(new InetSocketAddress("127.0.0.1", port));
    socket.setSoTimeout(20_000);
    String request =
        "GET %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n\r\n"
            .formatted(path, key);
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    in = socket.getInputStream();
    length = length(head());
    read = in.readNBytes(1000).length;
  }

  /** Bytes that the answer promised. */
  long length() {
    return length;
  }

  /** Takes what still comes, and tells how many bytes of the body came in all. */
  long drain() throws IOException {
    byte[] buffer = new byte[WINDOW];
    try {
      for (int n; read < length && (n = in.read(buffer)) >= 0; ) {
        read += n;
      }
    } catch (SocketException e) {
      // A reset tells the same as an early end.
      return read;
    }
    return read;
  }

  private String head() throws IOException {
    StringBuilder head = new StringBuilder();
    while (!head.toString().endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        throw new EOFException("no answer: " + head);
      }
      head.append((char) next);
    }
    return head.toString();
  }

  private static long length(String head) throws IOException {
    return head.lines()
        .filter(line -> line.regionMatches(true, 0, "Content-Length:", 0, 15))
        .mapToLong(line -> Long.parseLong(line.substring(15).strip()))
        .findFirst()
        .orElseThrow(() -> new IOException("no length in " + head));
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
