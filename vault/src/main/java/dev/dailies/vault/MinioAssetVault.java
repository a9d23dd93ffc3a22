package dev.dailies.vault;

import static dev.dailies.vault.MinioFailures.await;

import dev.dailies.contracts.Sha256;
import dev.dailies.contracts.event.StoredObject;
import dev.dailies.vault.MinioFailures.StoreRefusal;
import dev.dailies.vault.PutOutcome.AlreadyThere;
import dev.dailies.vault.PutOutcome.Stored;
import io.minio.BucketExistsArgs;
import io.minio.GetObjectArgs;
import io.minio.GetObjectResponse;
import io.minio.GetPresignedObjectUrlArgs;
import io.minio.Http;
import io.minio.MakeBucketArgs;
import io.minio.MinioAsyncClient;
import io.minio.RemoveObjectArgs;
import io.minio.StatObjectArgs;
import io.minio.errors.MinioException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import okhttp3.MediaType;
import org.jspecify.annotations.Nullable;

/** Keeps bytes in MinIO or any other S3 store, through MinIO's client. */
final class MinioAssetVault implements AssetVault, AutoCloseable {
  private final VaultProperties properties;
  private final MinioAsyncClient client;
  private final MinioAsyncClient signer;
  private volatile boolean bucketSeen;

  MinioAssetVault(VaultProperties properties) {
    this.properties = properties;
    this.client = MinioClients.connect(properties, properties.endpoint());
    this.signer =
        properties.publicEndpoint().map(e -> MinioClients.connect(properties, e)).orElse(client);
  }

  @Override
  public PutOutcome put(ObjectKey key, InputStream content, String contentType) {
    MediaType type = MediaType.parse(contentType);
    if (type == null) {
      throw new IllegalArgumentException("not a media type: " + contentType);
    }
    var upload =
        new MinioUpload(
            client,
            properties.bucket(),
            key,
            type,
            (int) properties.partSize().toBytes(),
            !"https".equals(properties.endpoint().getScheme()));
    if (!bucketSeen) {
      check();
    }
    PutOutcome outcome =
        written(upload, content, key)
            .<PutOutcome>map(w -> new Stored(stored(key, w.size(), w.sha256(), w.version())))
            .orElseGet(() -> new AlreadyThere(readBack(key)));
    if (outcome.object().getSize() >= properties.partSize().toBytes()) {
      upload.sweep();
    }
    return outcome;
  }

  private Optional<MinioUpload.Written> written(
      MinioUpload upload, InputStream content, ObjectKey key) {
    try {
      return upload.write(content, () -> find(key).isPresent());
    } catch (StoreRefusal refusal) {
      throw unavailable(refusal);
    }
  }

  private StoredObject readBack(ObjectKey key) {
    MessageDigest digest = Sha256.begin();
    try (VaultObject object = open(key)) {
      object.stream().transferTo(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
      return stored(
          key, object.size(), HexFormat.of().formatHex(digest.digest()), Optional.empty());
    } catch (ObjectMissing e) {
      throw new VaultUnavailable("another upload of " + key + " is under way", e);
    } catch (IOException e) {
      throw new VaultUnavailable("the object could not be read back", e);
    }
  }

  private StoredObject stored(ObjectKey key, long size, String sha256, Optional<String> version) {
    return StoredObject.newBuilder()
        .setStore(properties.store())
        .setRegion(properties.region())
        .setBucket(properties.bucket())
        .setKey(key.value())
        .setVersion(version.orElse(null))
        .setSize(size)
        .setSha256(sha256)
        .build();
  }

  @Override
  public VaultObject open(ObjectKey key) {
    return open(key, GetObjectArgs.builder());
  }

  @Override
  public VaultObject open(ObjectKey key, long from, long toInclusive) {
    if (from < 0 || toInclusive < from) {
      throw new IllegalArgumentException("no range: %d to %d".formatted(from, toInclusive));
    }
    return open(key, GetObjectArgs.builder().offset(from).length(toInclusive - from + 1));
  }

  private VaultObject open(ObjectKey key, GetObjectArgs.Builder request) {
    GetObjectResponse answer =
        of(
            key,
            () ->
                await(
                    client.getObject(
                        request.bucket(properties.bucket()).object(key.value()).build())));
    var headers = answer.headers();
    long length = Long.parseLong(Objects.requireNonNull(headers.get("Content-Length")));
    String range = headers.get("Content-Range");
    long size =
        range == null ? length : Long.parseLong(range.substring(range.lastIndexOf('/') + 1));
    return new VaultObject(
        new StoreStream(answer), length, size, contentType(headers.get("Content-Type")));
  }

  @Override
  public Optional<ObjectStat> find(ObjectKey key) {
    try {
      var stat =
          await(
              client.statObject(
                  StatObjectArgs.builder()
                      .bucket(properties.bucket())
                      .object(key.value())
                      .build()));
      return Optional.of(new ObjectStat(stat.size(), contentType(stat.contentType())));
    } catch (StoreRefusal refusal) {
      if (refusal.missing() || refusal.bucketMissing()) {
        return Optional.empty();
      }
      throw refusal.asUnavailable();
    }
  }

  @Override
  public void delete(ObjectKey key) {
    try {
      of(
          key,
          () ->
              await(
                  client.removeObject(
                      RemoveObjectArgs.builder()
                          .bucket(properties.bucket())
                          .object(key.value())
                          .build())));
    } catch (ObjectMissing gone) {
      // Some stores say so; it is what was asked for.
    }
  }

  @Override
  public int deleteAll(ObjectKey folder) {
    try {
      return new MinioFolder(client, properties.bucket(), folder).clear();
    } catch (StoreRefusal refusal) {
      if (refusal.bucketMissing()) {
        return 0;
      }
      throw refusal.asUnavailable();
    }
  }

  @Override
  public URI presign(ObjectKey key, Duration validity, Optional<String> downloadName) {
    if (validity.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new IllegalArgumentException("a URL is valid for a second at least: " + validity);
    }
    var request =
        GetPresignedObjectUrlArgs.builder()
            .method(Http.Method.GET)
            .bucket(properties.bucket())
            .object(key.value())
            .expiry((int) validity.toSeconds(), TimeUnit.SECONDS);
    downloadName.ifPresent(name -> {
      if (!name.matches("[A-Za-z0-9._-]{1,200}")) {
        throw new IllegalArgumentException("a download name is made of A-Z a-z 0-9 . _ -");
      }
      request.extraQueryParams(
          Map.of("response-content-disposition", "attachment; filename=\"" + name + "\""));
    });
    try {
      return URI.create(signer.getPresignedObjectUrl(request.build()));
    } catch (MinioException e) {
      throw new VaultUnavailable("the URL could not be signed", e);
    }
  }

  @Override
  public void check() {
    long patience = properties.checkTimeout().toMillis();
    var bucket = BucketExistsArgs.builder().bucket(properties.bucket()).build();
    try {
      if (!await(client.bucketExists(bucket), patience)) {
        createBucket();
      }
      bucketSeen = true;
    } catch (StoreRefusal refusal) {
      throw refusal.asUnavailable();
    }
  }

  private void createBucket() {
    try {
      await(client.makeBucket(MakeBucketArgs.builder().bucket(properties.bucket()).build()));
    } catch (StoreRefusal refusal) {
      if (!refusal.bucketOurs()) {
        throw refusal;
      }
    }
  }

  private VaultUnavailable unavailable(StoreRefusal refusal) {
    if (refusal.bucketMissing()) {
      // Made again by the next put or check.
      bucketSeen = false;
    }
    return refusal.asUnavailable();
  }

  private <T> T of(ObjectKey key, Supplier<T> call) {
    try {
      return call.get();
    } catch (StoreRefusal refusal) {
      throw refusal.missing() ? new ObjectMissing(key) : unavailable(refusal);
    }
  }

  private static String contentType(@Nullable String told) {
    return told == null ? "application/octet-stream" : told;
  }

  @Override
  public void close() {
    client.close();
    if (signer != client) {
      signer.close();
    }
  }
}
