package dev.dailies.worker.endpoint.openai;

import dev.dailies.worker.endpoint.SendPermit;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A request body that leaves only while its sender may send, and only once.
 *
 * <p>The permit is asked for each piece, at the moment the connection takes it: a process that was
 * stopped between its decision and the write finds out here. A second subscription, which would be
 * a repeat by the HTTP client, fails.
 */
final class HttpPermittedBody implements BodyPublisher {
  private static final int PIECE = 64 * 1024;

  private final byte[] bytes;
  private final SendPermit permit;
  private final AtomicBoolean subscribed = new AtomicBoolean();
  private volatile int handedOut;

  HttpPermittedBody(byte[] bytes, SendPermit permit) {
    this.bytes = bytes;
    this.permit = permit;
  }

  /** Whether the server may have seen any of it. Without that it cannot have created anything. */
  boolean begun() {
    return handedOut > 0;
  }

  @Override
  public long contentLength() {
    return bytes.length;
  }

  @Override
  public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
    Pieces pieces = new Pieces(subscriber);
    subscriber.onSubscribe(pieces);
    if (!subscribed.compareAndSet(false, true)) {
      pieces.fail("a create is not repeated");
    }
  }

  private final class Pieces implements Flow.Subscription {
    private final Flow.Subscriber<? super ByteBuffer> subscriber;
    private boolean ended;

    Pieces(Flow.Subscriber<? super ByteBuffer> subscriber) {
      this.subscriber = subscriber;
    }

    @Override
    public synchronized void request(long n) {
      for (long i = 0; i < n && !ended; i++) {
        if (!permit.holds()) {
          fail("the lease has lapsed");
          return;
        }
        int from = handedOut;
        int length = Math.min(PIECE, bytes.length - from);
        handedOut = from + length;
        subscriber.onNext(ByteBuffer.wrap(bytes, from, length).asReadOnlyBuffer());
        if (handedOut == bytes.length && !ended) {
          ended = true;
          subscriber.onComplete();
        }
      }
    }

    synchronized void fail(String why) {
      if (!ended) {
        ended = true;
        subscriber.onError(new IOException(why));
      }
    }

    @Override
    public synchronized void cancel() {
      ended = true;
    }
  }
}
