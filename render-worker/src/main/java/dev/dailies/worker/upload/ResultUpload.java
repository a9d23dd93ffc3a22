package dev.dailies.worker.upload;

import dev.dailies.contracts.event.RenderOutput;
import dev.dailies.vault.AssetVault;
import dev.dailies.vault.ObjectKey;
import dev.dailies.vault.ObjectMissing;
import dev.dailies.vault.PutOutcome;
import dev.dailies.vault.VaultObject;
import dev.dailies.vault.VaultUnavailable;
import dev.dailies.worker.WorkerSteps;
import dev.dailies.worker.endpoint.FetchOutcome;
import dev.dailies.worker.endpoint.Media;
import dev.dailies.worker.endpoint.ModelEndpoint;
import dev.dailies.worker.endpoint.Output;
import dev.dailies.worker.endpoint.ProviderJob;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * Streams a result from its endpoint into the store, hashing on the way; heap use does not depend
 * on its size.
 *
 * <p>The key belongs to one output of one render alone. What stands there already was put by an
 * earlier holder of the render, and is adopted.
 */
public final class ResultUpload {
  private final AssetVault vault;

  public ResultUpload(AssetVault vault) {
    this.vault = vault;
  }

  public UploadOutcome upload(
      ModelEndpoint endpoint, ProviderJob job, Output output, ObjectKey key) {
    try {
      Optional<UploadOutcome> earlier = adopt(output, key);
      return earlier.isPresent() ? earlier.get() : fetch(endpoint, job, output, key);
    } catch (VaultUnavailable e) {
      return new UploadOutcome.StoreTrouble(e.getMessage() == null ? "store" : e.getMessage());
    } catch (UncheckedIOException e) {
      return new UploadOutcome.EndpointTrouble("broken_off", Optional.empty());
    } catch (IOException e) {
      return new UploadOutcome.EndpointTrouble("broken_off", Optional.empty());
    }
  }

  private Optional<UploadOutcome> adopt(Output output, ObjectKey key) {
    if (vault.find(key).isEmpty()) {
      return Optional.empty();
    }
    // Put onto itself: the store refuses, and what stands there is read back and hashed.
    try (VaultObject standing = vault.open(key)) {
      return Optional.of(stored(output, vault.put(key, standing.stream(), standing.contentType())));
    } catch (ObjectMissing gone) {
      return Optional.empty();
    }
  }

  private UploadOutcome fetch(ModelEndpoint endpoint, ProviderJob job, Output output, ObjectKey key)
      throws IOException {
    return switch (endpoint.fetch(job, output)) {
      case FetchOutcome.Gone gone -> new UploadOutcome.Gone(gone.failure());
      case FetchOutcome.Unavailable later ->
          new UploadOutcome.EndpointTrouble(later.why(), later.retryAfter());
      case FetchOutcome.Opened opened -> {
        try (Media media = opened.media()) {
          yield store(media, output, key);
        }
      }
    };
  }

  private UploadOutcome store(Media media, Output output, ObjectKey key) throws IOException {
    if (!looksLikeMedia(media.contentType())) {
      return new UploadOutcome.EndpointTrouble("not_a_video", Optional.empty());
    }
    PushbackInputStream content = new PushbackInputStream(media.content());
    int first = content.read();
    if (first < 0) {
      return new UploadOutcome.EndpointTrouble("empty", Optional.empty());
    }
    content.unread(first);
    return stored(output, vault.put(key, new WatchedEnd(content), output.contentType()));
  }

  private static boolean looksLikeMedia(String contentType) {
    return contentType.startsWith("video/")
        || contentType.startsWith("application/octet-stream")
        || contentType.startsWith("application/binary")
        || contentType.startsWith("binary/octet-stream");
  }

  private static UploadOutcome stored(Output output, PutOutcome put) {
    return new UploadOutcome.Stored(
        new RenderOutput(output.index(), output.contentType(), put.object()));
  }

  /** Stands at its step when all has been read and the store can't have been told so yet. */
  private static final class WatchedEnd extends FilterInputStream {
    WatchedEnd(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      return seen(super.read());
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      return seen(super.read(buffer, offset, length));
    }

    private static int seen(int read) {
      if (read < 0) {
        WorkerSteps.FETCHED_BEFORE_STORED.reach();
      }
      return read;
    }
  }
}
