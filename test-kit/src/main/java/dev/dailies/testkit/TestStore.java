package dev.dailies.testkit;

import dev.dailies.parts.S3Store;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A real S3 store (S3Proxy, checking signatures) for tests, in this JVM.
 *
 * <p>{@link #shared()} is the one of this JVM, started at the first call in half a second. An
 * outage is {@link #stop} and {@link #start}: port and objects stay.
 */
public final class TestStore implements AutoCloseable {

  private static final AtomicInteger BUCKETS = new AtomicInteger();

  private static final class Shared {
    static final TestStore STORE = fresh();
  }

  private final S3Store store;

  private TestStore(S3Store store) {
    this.store = store;
  }

  /** The store of this JVM. */
  public static TestStore shared() {
    return Shared.STORE;
  }

  /** Another store; close it. */
  public static TestStore fresh() {
    return new TestStore(S3Store.on(WorkFolder.fresh("store")).start());
  }

  public URI endpoint() {
    return store.endpoint();
  }

  /** The store's port, as the target of a {@link FaultProxy}. */
  public int port() {
    return store.port();
  }

  public String accessKey() {
    return store.accessKey();
  }

  public String secretKey() {
    return store.secretKey();
  }

  /** A bucket name that no test has used; who uses it first creates it. */
  public String freshBucket() {
    return "test-" + ProcessHandle.current().pid() + "-" + BUCKETS.incrementAndGet();
  }

  /** What a Spring test registers to use this bucket. */
  public Map<String, String> properties(String bucket) {
    return properties(bucket, endpoint());
  }

  /** The same through a proxy to {@link #port()}. */
  public Map<String, String> properties(String bucket, FaultProxy proxy) {
    return properties(bucket, URI.create("http://127.0.0.1:" + proxy.port()));
  }

  private Map<String, String> properties(String bucket, URI address) {
    return Map.of(
        "dailies.vault.store",
        "s3",
        "dailies.vault.endpoint",
        address.toString(),
        "dailies.vault.region",
        "us-east-1",
        "dailies.vault.bucket",
        bucket,
        "dailies.vault.access-key",
        accessKey(),
        "dailies.vault.secret-key",
        secretKey());
  }

  /** Closes the port and cuts open transfers. */
  public void stop() {
    store.stop();
  }

  /** Up again, on the same port and objects; nothing if it runs. */
  public void start() {
    store.start();
  }

  @Override
  public void close() {
    store.close();
  }
}
