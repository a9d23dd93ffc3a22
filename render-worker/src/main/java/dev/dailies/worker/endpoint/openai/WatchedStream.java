package dev.dailies.worker.endpoint.openai;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** A stream that is closed under its reader when no byte has come for too long. */
final class WatchedStream extends FilterInputStream {
  private static final ScheduledExecutorService WATCH =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("fetch-watch").factory());

  private final Duration silence;
  private final ScheduledFuture<?> watching;
  private volatile long lastByte = System.nanoTime();
  private volatile boolean reading;
  private volatile boolean silent;

  WatchedStream(InputStream in, Duration silence) {
    super(in);
    this.silence = silence;
    long every = Math.max(50, silence.toMillis() / 4);
    this.watching = WATCH.scheduleWithFixedDelay(this::look, every, every, TimeUnit.MILLISECONDS);
  }

  private void look() {
    // Only while somebody waits for a byte: the reader itself may be slow, or its store down.
    if (reading && System.nanoTime() - lastByte > silence.toNanos()) {
      silent = true;
      try {
        in.close();
      } catch (IOException closing) {
        // The reader is told by its own exception.
      }
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    int n = read(one, 0, 1);
    return n < 0 ? n : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    lastByte = System.nanoTime();
    reading = true;
    try {
      int n = super.read(buffer, offset, length);
      if (silent) {
        throw new IOException("no byte came for " + silence);
      }
      return n;
    } catch (IOException e) {
      throw silent ? new IOException("no byte came for " + silence, e) : e;
    } finally {
      reading = false;
    }
  }

  @Override
  public void close() throws IOException {
    watching.cancel(false);
    super.close();
  }
}
