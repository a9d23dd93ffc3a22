package dev.dailies.vault;

import io.minio.errors.ErrorResponseException;
import io.minio.errors.ServerException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Turns what the client throws into what the port says. */
final class MinioFailures {
  private MinioFailures() {}

  /** The store's own code of a refusal, as S3 names them. */
  static final class StoreRefusal extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String code;

    StoreRefusal(String code, Throwable cause) {
      super(code, cause);
      this.code = code;
    }

    boolean missing() {
      return code.equals("NoSuchKey") || code.equals("NoSuchObject") || code.equals("NotFound");
    }

    boolean bucketMissing() {
      return code.equals("NoSuchBucket");
    }

    /** The bucket was made meanwhile, by another process of ours. */
    boolean bucketOurs() {
      return code.equals("BucketAlreadyOwnedByYou") || code.equals("BucketAlreadyExists");
    }

    /** Somebody else's object stands at the key, or is about to. */
    boolean taken() {
      return code.equals("PreconditionFailed") || code.equals("ConditionalRequestConflict");
    }

    /** The multipart upload was aborted by whoever stored the object first. */
    boolean uploadGone() {
      return code.equals("NoSuchUpload");
    }

    VaultUnavailable asUnavailable() {
      return new VaultUnavailable("the store refused: " + code, getCause());
    }
  }

  /** Waits for an answer; a refusal that has a code comes as {@link StoreRefusal}. */
  static <T> T await(CompletableFuture<T> answer) {
    try {
      return answer.get();
    } catch (ExecutionException e) {
      throw translate(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new VaultUnavailable("interrupted while waiting for the store", e);
    }
  }

  /** As {@link #await(CompletableFuture)}, but not longer than the time given. */
  static <T> T await(CompletableFuture<T> answer, long timeoutMillis) {
    try {
      return answer.get(timeoutMillis, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw new VaultUnavailable("the store did not answer in " + timeoutMillis + " ms", e);
    } catch (ExecutionException e) {
      throw translate(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new VaultUnavailable("interrupted while waiting for the store", e);
    }
  }

  static RuntimeException translate(@Nullable Throwable failure) {
    return switch (failure) {
      case CompletionException e -> translate(e.getCause());
      case ErrorResponseException e -> new StoreRefusal(e.errorResponse().code(), e);
      case ServerException e ->
          new VaultUnavailable("the store answered with status " + e.statusCode(), e);
      case Error e -> throw e;
      case null -> new VaultUnavailable("the store failed without a cause", null);
      // Only the kind: a client's message may hold request headers.
      default ->
          new VaultUnavailable("the store failed: " + failure.getClass().getSimpleName(), failure);
    };
  }
}
