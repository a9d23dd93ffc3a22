package dev.dailies.parts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minio.BucketExistsArgs;
import io.minio.GetObjectArgs;
import io.minio.MakeBucketArgs;
import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import io.minio.errors.ErrorResponseException;
import java.io.ByteArrayInputStream;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class S3StoreTest {

  @Test
  void objectsOnDiskOutliveTheStore(@TempDir Path data) throws Exception {
    try (S3Store store = S3Store.on(data).start()) {
      put(store, "on disk");
    }
    try (S3Store again = S3Store.on(data).start()) {
      assertThat(read(again)).isEqualTo("on disk");
    }
  }

  @Test
  void anOutageKeepsObjectsAndPort() throws Exception {
    try (S3Store store = S3Store.inMemory().start()) {
      put(store, "in memory");
      int port = store.port();
      store.stop();
      assertThat(FreePort.isFree(port)).isTrue();
      assertThatThrownBy(() -> read(store)).hasRootCauseInstanceOf(ConnectException.class);
      store.start();
      assertThat(store.port()).isEqualTo(port);
      assertThat(read(store)).isEqualTo("in memory");
    }
  }

  @Test
  void aWrongSecretIsRefused() {
    try (S3Store store = S3Store.inMemory().credentials("access", "secret").start();
        MinioClient stranger = client(store, "wrong")) {
      assertThatThrownBy(
              () -> stranger.bucketExists(BucketExistsArgs.builder().bucket("dailies").build()))
          .isInstanceOf(ErrorResponseException.class);
    } catch (Exception failed) {
      throw new AssertionError(failed);
    }
  }

  private static MinioClient client(S3Store store, String secret) {
    return MinioClient.builder()
        .endpoint(store.endpoint().toString())
        .region("us-east-1")
        .credentials(store.accessKey(), secret)
        .build();
  }

  private static void put(S3Store store, String text) throws Exception {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    try (MinioClient client = client(store, store.secretKey())) {
      client.makeBucket(MakeBucketArgs.builder().bucket("dailies").build());
      client.putObject(
          PutObjectArgs.builder().bucket("dailies").object("local/note").stream(
                  new ByteArrayInputStream(bytes), (long) bytes.length, -1L)
              .build());
    }
  }

  private static String read(S3Store store) throws Exception {
    try (MinioClient client = client(store, store.secretKey());
        var stream =
            client.getObject(
                GetObjectArgs.builder().bucket("dailies").object("local/note").build())) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
