package dev.dailies.vault;

import static dev.dailies.vault.MinioFailures.await;

import dev.dailies.contracts.Sha256;
import dev.dailies.vault.MinioFailures.StoreRefusal;
import io.minio.AbortMultipartUploadArgs;
import io.minio.Checksum;
import io.minio.CompleteMultipartUploadArgs;
import io.minio.CreateMultipartUploadArgs;
import io.minio.Http;
import io.minio.MinioAsyncClient;
import io.minio.PutObjectAPIArgs;
import io.minio.UploadPartArgs;
import io.minio.errors.MinioException;
import io.minio.messages.Part;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import okhttp3.MediaType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One put, driven part by part from the calling thread.
 *
 * <p>The client's own {@code putObject} would read the content on its HTTP threads, of which a slow
 * source could hold all.
 */
final class MinioUpload {
  /** The object that this put created. */
  record Written(long size, String sha256, Optional<String> version) {}

  private static final Logger log = LoggerFactory.getLogger(MinioUpload.class);
  private static final Map<String, String> ONLY_IF_NEW = Map.of("If-None-Match", "*");
  private static final Checksum.Algorithm[] CHECKSUMS = {Checksum.Algorithm.CRC32C};
  private static final Checksum.Algorithm[] SIGNED_CHECKSUMS = {
    Checksum.Algorithm.CRC32C, Checksum.Algorithm.SHA256
  };

  private final MinioAsyncClient client;
  private final String bucket;
  private final ObjectKey key;
  private final MediaType contentType;
  private final boolean signsContent;
  private final MessageDigest whole = Sha256.begin();
  private final PartBuffer part;
  private long size;

  /**
   * @param signsContent whether each part is signed too, which plain HTTP needs
   */
  MinioUpload(
      MinioAsyncClient client,
      String bucket,
      ObjectKey key,
      MediaType contentType,
      int partSize,
      boolean signsContent) {
    this.client = client;
    this.bucket = bucket;
    this.key = key;
    this.contentType = contentType;
    this.part = new PartBuffer(partSize);
    this.signsContent = signsContent;
  }

  /**
   * Reads the content and creates the object.
   *
   * @param exists asks whether an object stands at the key, before more than one part is sent
   * @return what was written; empty if an object stands there already
   */
  Optional<Written> write(InputStream content, BooleanSupplier exists) {
    boolean more = part.fill(content, whole);
    size = part.length();
    try {
      if (!more) {
        return Optional.of(written(putWhole()));
      }
      // Sent in vain otherwise: a store compares only when the upload is completed.
      return exists.getAsBoolean() ? Optional.empty() : Optional.of(written(putParts(content)));
    } catch (StoreRefusal refusal) {
      if (refusal.taken() || refusal.uploadGone()) {
        return Optional.empty();
      }
      throw refusal;
    }
  }

  private Optional<String> putWhole() {
    var answer =
        await(
            client.putObject(
                PutObjectAPIArgs.builder()
                    .bucket(bucket)
                    .object(key.value())
                    .data(part.bytes(), part.length())
                    .contentType(contentType)
                    .headers(checksums())
                    .extraHeaders(ONLY_IF_NEW)
                    .build()));
    return Optional.ofNullable(answer.versionId());
  }

  private Optional<String> putParts(InputStream content) {
    String upload = beginUpload();
    try {
      List<Part> parts = new ArrayList<>();
      boolean more = true;
      while (part.length() > 0) {
        parts.add(putPart(upload, parts.size() + 1));
        if (!more) {
          break;
        }
        more = part.fill(content, whole);
        size += part.length();
      }
      var answer =
          await(
              client.completeMultipartUpload(
                  CompleteMultipartUploadArgs.builder()
                      .bucket(bucket)
                      .object(key.value())
                      .uploadId(upload)
                      .parts(parts.toArray(Part[]::new))
                      .extraHeaders(ONLY_IF_NEW)
                      .build()));
      return Optional.ofNullable(answer.versionId());
    } catch (RuntimeException e) {
      // A refused completion leaves the parts behind, and stores keep them for ever.
      abort(upload);
      throw e;
    }
  }

  private String beginUpload() {
    return await(
            client.createMultipartUpload(
                CreateMultipartUploadArgs.builder()
                    .bucket(bucket)
                    .object(key.value())
                    .headers(
                        new Http.Headers(
                            Map.of(
                                Http.Headers.CONTENT_TYPE,
                                contentType.toString(),
                                "x-amz-checksum-algorithm",
                                Checksum.Algorithm.CRC32C.toString())))
                    .build()))
        .result()
        .uploadId();
  }

  private Part putPart(String upload, int number) {
    return await(
            client.uploadPart(
                UploadPartArgs.builder()
                    .bucket(bucket)
                    .object(key.value())
                    .uploadId(upload)
                    .partNumber(number)
                    .data(part.bytes(), part.length())
                    .headers(checksums())
                    .build()))
        .part();
  }

  /**
   * Aborts every upload of this key that is still pending: of processes that died, or lost. To be
   * called once an object stands there, when none of them can ever win. A lifecycle rule would be
   * the usual broom, but MinIO drops that rule silently.
   */
  void sweep() {
    try {
      new MinioPendingUploads(client, bucket).of(key).forEach(this::abort);
    } catch (StoreRefusal | VaultUnavailable e) {
      log.warn("pending uploads of {} could not be listed: {}", key, e.getMessage());
    }
  }

  private void abort(String upload) {
    try {
      await(
          client.abortMultipartUpload(
              AbortMultipartUploadArgs.builder()
                  .bucket(bucket)
                  .object(key.value())
                  .uploadId(upload)
                  .build()));
    } catch (StoreRefusal | VaultUnavailable e) {
      log.debug("upload {} of {} was not aborted: {}", upload, key, e.getMessage());
    }
  }

  private Written written(Optional<String> version) {
    return new Written(size, HexFormat.of().formatHex(whole.digest()), version);
  }

  private Http.Headers checksums() {
    try {
      var hashers = Checksum.newHasherMap(signsContent ? SIGNED_CHECKSUMS : CHECKSUMS);
      Checksum.update(hashers, part.bytes(), part.length());
      return Checksum.makeHeaders(hashers, signsContent, false);
    } catch (MinioException e) {
      throw new IllegalStateException("this Java platform lacks a checksum", e);
    }
  }
}
