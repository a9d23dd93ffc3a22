package dev.dailies.media;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** The last few kilobytes of a stream, which is read to its end so that nobody blocks on it. */
final class Tail {
  private static final int KEPT = 8 * 1024;

  private final byte[] ring = new byte[KEPT];
  private final Thread reader;
  private long total;

  private Tail(InputStream stream) {
    this.reader = Thread.ofVirtual().name("ffmpeg-log").start(() -> read(stream));
  }

  static Tail of(InputStream stream) {
    return new Tail(stream);
  }

  /** What was kept, once the stream has ended or the patience for that is spent. */
  String text(Duration patience) throws InterruptedException {
    reader.join(patience);
    synchronized (ring) {
      int length = (int) Math.min(total, KEPT);
      byte[] kept = new byte[length];
      for (int i = 0; i < length; i++) {
        kept[i] = ring[(int) ((total - length + i) % KEPT)];
      }
      return new String(kept, StandardCharsets.UTF_8).strip();
    }
  }

  private void read(InputStream stream) {
    byte[] buffer = new byte[4096];
    try (stream) {
      for (int n = stream.read(buffer); n >= 0; n = stream.read(buffer)) {
        synchronized (ring) {
          for (int i = 0; i < n; i++) {
            ring[(int) (total++ % KEPT)] = buffer[i];
          }
        }
      }
    } catch (IOException e) {
      // The program was killed: what it had said until then is kept.
    }
  }
}
