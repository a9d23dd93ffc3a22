package dev.dailies.worker.endpoint.openai;

import dev.dailies.worker.endpoint.SendPermit;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A request body that leaves only while its sender may send, and only once.
 *
 * <p>The permit is asked for each piece, at the moment the connection takes it: a process that was
 * stopped between its decision and the write finds out here. A second subscription, which would be
 * a repeat by the HTTP client, fails.
 */
final class HttpPermittedBody implements BodyPublisher, AutoCloseable {
  private static final int PIECE = 64 * 1024;

  private final CallBody body;
  private final SendPermit permit;
  private final AtomicBoolean subscribed = new AtomicBoolean();
  private volatile Optional<Pieces> sending = Optional.empty();
  private volatile long handedOut;

  HttpPermittedBody(CallBody body, SendPermit permit) {
    this.body = body;
    this.permit = permit;
  }

  /** Whether the server may have seen any of it. Without that it cannot have created anything. */
  boolean begun() {
    return handedOut > 0;
  }

  @Override
  public long contentLength() {
    return body.length();
  }

  @Override
  public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
    boolean first = subscribed.compareAndSet(false, true);
    Pieces pieces = new Pieces(subscriber, first);
    if (first) {
      sending = Optional.of(pieces);
    }
    subscriber.onSubscribe(pieces);
    if (!first) {
      subscriber.onError(new IOException("a create is not repeated"));
    }
  }

  /**
   * Nothing more of it leaves, and no file of it stays open; a server may answer before the end.
   */
  @Override
  public void close() {
    subscribed.set(true);
    sending.ifPresent(pieces -> pieces.fail("it is over"));
  }

  private final class Pieces implements Flow.Subscription {
    private final Flow.Subscriber<? super ByteBuffer> subscriber;
    private final InputStream content = body.open();
    private final long length = body.length();
    private boolean ended;

    Pieces(Flow.Subscriber<? super ByteBuffer> subscriber, boolean first) {
      this.subscriber = subscriber;
      this.ended = !first;
    }

    @Override
    public synchronized void request(long n) {
      for (long i = 0; i < n && !ended; i++) {
        if (!permit.holds()) {
          fail("the lease has lapsed");
          return;
        }
        hand();
      }
    }

    private void hand() {
      long from = handedOut;
      byte[] piece;
      try {
        piece = content.readNBytes((int) Math.min(PIECE, length - from));
      } catch (IOException e) {
        fail("an input can't be read");
        return;
      }
      if (piece.length == 0) {
        fail("an input has become shorter");
        return;
      }
      handedOut = from + piece.length;
      // Before the piece is given: whoever gets it may ask for the next one at once.
      boolean last = handedOut == length && end();
      subscriber.onNext(ByteBuffer.wrap(piece).asReadOnlyBuffer());
      if (last) {
        subscriber.onComplete();
      }
    }

    void fail(String why) {
      if (end()) {
        subscriber.onError(new IOException(why));
      }
    }

    @Override
    public void cancel() {
      boolean ignored = end();
    }

    /** Whether it had not ended before. */
    private synchronized boolean end() {
      boolean first = !ended;
      ended = true;
      try {
        content.close();
      } catch (IOException e) {
        // It was only read.
      }
      return first;
    }
  }
}
