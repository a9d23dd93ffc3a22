package dev.dailies.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dailies.contracts.Sha256;
import dev.dailies.contracts.WorkspaceId;
import dev.dailies.vault.PutOutcome.AlreadyThere;
import dev.dailies.vault.PutOutcome.Stored;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

/** What every store must do for {@link AssetVault} to keep its word. Runs on each of them. */
abstract class AssetVaultContract {
  static final DataSize PART = DataSize.ofMegabytes(5);
  private static final WorkspaceId WORKSPACE = new WorkspaceId("acme");
  private static final String MP4 = "video/mp4";

  private final List<MinioAssetVault> opened = new ArrayList<>();
  private MinioAssetVault vault;

  /** How to reach the store under test; aborts the test, saying why, if it is not to be had. */
  abstract Coordinates coordinates();

  record Coordinates(URI endpoint, String accessKey, String secretKey, String bucket) {
    VaultProperties properties() {
      return new VaultProperties(
          "test",
          endpoint,
          Optional.empty(),
          "us-east-1",
          bucket,
          accessKey,
          secretKey,
          PART,
          Duration.ofSeconds(2),
          Duration.ofSeconds(30),
          Duration.ofSeconds(5));
    }
  }

  @BeforeEach
  void connect() {
    vault = new MinioAssetVault(coordinates().properties());
    opened.add(vault);
  }

  @AfterEach
  void close() {
    opened.forEach(MinioAssetVault::close);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 100_000, 5 * 1024 * 1024 - 1})
  void gives_back_what_fits_into_one_part(int size) throws IOException {
    givesBack(size);
  }

  @ParameterizedTest
  @ValueSource(ints = {5 * 1024 * 1024, 5 * 1024 * 1024 + 1, 12 * 1024 * 1024})
  void gives_back_what_needs_several_parts(int size) throws IOException {
    givesBack(size);
  }

  private void givesBack(int size) throws IOException {
    ObjectKey key = freshKey();
    byte[] content = bytes(size);

    PutOutcome outcome = put(key, content);

    assertThat(outcome).isInstanceOf(Stored.class);
    assertThat(outcome.object().getSize()).isEqualTo(size);
    assertThat(outcome.object().getSha256()).isEqualTo(sha256(content));
    assertThat(outcome.object().getKey()).isEqualTo(key.value());
    assertThat(vault.find(key)).contains(new ObjectStat(size, MP4));
    try (VaultObject object = vault.open(key)) {
      assertThat(object.size()).isEqualTo(size);
      assertThat(object.contentType()).isEqualTo(MP4);
      assertThat(object.stream().readAllBytes()).isEqualTo(content);
    }
  }

  @Test
  void gives_the_range_asked_for() throws IOException {
    ObjectKey key = freshKey();
    byte[] content = bytes(1000);
    put(key, content);

    try (VaultObject range = vault.open(key, 10, 19)) {
      assertThat(range.length()).isEqualTo(10);
      assertThat(range.size()).isEqualTo(1000);
      assertThat(range.stream().readAllBytes())
          .isEqualTo(java.util.Arrays.copyOfRange(content, 10, 20));
    }
    try (VaultObject first = vault.open(key, 0, 0)) {
      assertThat(first.stream().readAllBytes()).containsExactly(content[0]);
    }
  }

  @Test
  void saves_to_a_file_and_tells_the_digest(@TempDir Path folder) throws IOException {
    ObjectKey key = freshKey();
    byte[] content = bytes(200_000);
    put(key, content);
    Path file = Files.writeString(folder.resolve("clip"), "what stood there");

    try (VaultObject object = vault.open(key)) {
      assertThat(object.saveTo(file)).isEqualTo(sha256(content));
    }

    assertThat(file).hasBinaryContent(content);
  }

  @ParameterizedTest
  @ValueSource(ints = {2000, 6 * 1024 * 1024})
  void never_writes_over_an_object(int size) throws IOException {
    ObjectKey key = freshKey();
    byte[] first = bytes(size);
    byte[] second = bytes(size);
    put(key, first);

    PutOutcome outcome = put(key, second);

    assertThat(outcome).isInstanceOf(AlreadyThere.class);
    assertThat(outcome.object().getSha256()).isEqualTo(sha256(first));
    assertThat(outcome.object().getSize()).isEqualTo(size);
    try (VaultObject object = vault.open(key)) {
      assertThat(object.stream().readAllBytes()).isEqualTo(first);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2000, 6 * 1024 * 1024})
  void of_sixteen_puts_at_once_exactly_one_wins(int size) throws Exception {
    ObjectKey key = freshKey();
    var start = new CyclicBarrier(16);
    List<Callable<PutOutcome>> puts = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      byte[] content = bytes(size);
      puts.add(() -> {
        start.await();
        return putUntilAnswered(key, content);
      });
    }
    List<PutOutcome> outcomes = new ArrayList<>();
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<PutOutcome> put : executor.invokeAll(puts)) {
        outcomes.add(put.get());
      }
    }

    assertThat(outcomes).filteredOn(Stored.class::isInstance).hasSize(1);
    assertThat(outcomes).extracting(o -> o.object().getSha256()).containsOnly(readSha256(key));
    assertThat(pendingUploads(key)).isZero();
  }

  /**
   * As every caller does: what the store refuses for now is put again. S3Proxy answers BadDigest to
   * one of many writers of a key, now and then.
   */
  private PutOutcome putUntilAnswered(ObjectKey key, byte[] content) {
    VaultUnavailable last = new VaultUnavailable("never asked", null);
    for (int i = 0; i < 4; i++) {
      try {
        return put(key, content);
      } catch (VaultUnavailable refused) {
        last = refused;
      }
    }
    throw last;
  }

  @Test
  void a_content_that_breaks_off_leaves_nothing_behind() {
    ObjectKey key = freshKey();
    InputStream broken =
        new SequenceInputStream(
            new ByteArrayInputStream(bytes(6 * 1024 * 1024)),
            new InputStream() {
              @Override
              public int read() throws IOException {
                throw new IOException("the endpoint hung up");
              }
            });

    assertThatThrownBy(() -> vault.put(key, broken, MP4)).isInstanceOf(UncheckedIOException.class);

    assertThat(vault.find(key)).isEmpty();
    assertThat(pendingUploads(key)).isZero();
  }

  @Test
  void an_upload_left_by_a_dead_process_is_swept_when_the_object_is_stored() {
    ObjectKey key = freshKey();
    var client = MinioClients.connect(coordinates().properties(), coordinates().endpoint());
    vault.check();
    MinioFailures.await(
        client.createMultipartUpload(
            io.minio.CreateMultipartUploadArgs.builder()
                .bucket(coordinates().bucket())
                .object(key.value())
                .build()));
    assertThat(pendingUploads(key)).isEqualTo(1);

    put(key, bytes(6 * 1024 * 1024));

    assertThat(pendingUploads(key)).isZero();
    client.close();
  }

  @Test
  void tells_what_is_missing_from_what_is_broken() {
    ObjectKey key = freshKey();
    vault.check();

    assertThat(vault.find(key)).isEmpty();
    assertThatThrownBy(() -> vault.open(key)).isInstanceOf(ObjectMissing.class);
    vault.delete(key);
  }

  @Test
  void deletes() {
    ObjectKey key = freshKey();
    put(key, bytes(10));

    vault.delete(key);

    assertThat(vault.find(key)).isEmpty();
  }

  @Test
  void deletes_all_that_lies_under_a_folder_and_nothing_beside_it() {
    String folder = UUID.randomUUID().toString();
    ObjectKey one = ObjectKey.of(WORKSPACE, "renders", folder, "a", "0.mp4");
    ObjectKey two = ObjectKey.of(WORKSPACE, "renders", folder, "b +%.json");
    ObjectKey beside = ObjectKey.of(WORKSPACE, "renders", folder + "0", "0.mp4");
    List.of(one, two, beside).forEach(key -> put(key, bytes(10)));
    ObjectKey begun = ObjectKey.of(WORKSPACE, "renders", folder, "c", "0.mp4");
    var client = MinioClients.connect(coordinates().properties(), coordinates().endpoint());
    MinioFailures.await(
        client.createMultipartUpload(
            io.minio.CreateMultipartUploadArgs.builder()
                .bucket(coordinates().bucket())
                .object(begun.value())
                .build()));
    client.close();

    assertThat(vault.deleteAll(ObjectKey.of(WORKSPACE, "renders", folder))).isEqualTo(2);

    assertThat(List.of(one, two)).allSatisfy(key -> assertThat(vault.find(key)).isEmpty());
    assertThat(vault.find(beside)).isPresent();
    assertThat(pendingUploads(begun)).isZero();
    assertThat(vault.deleteAll(ObjectKey.of(WORKSPACE, "renders", folder))).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a b",
        "a+b",
        "a%20b",
        "100%",
        "ä-ö-日本-🎬",
        "a&b=c?d#e",
        "a'b\"c",
        "~tilde",
        "a;b,c",
        "(x)[y]{z}",
        "a:b@c",
        "*",
        "-",
        "..a",
        "a..",
        "<xml>"
      })
  void keeps_keys_with_odd_characters(String name) throws IOException {
    ObjectKey key = ObjectKey.of(WORKSPACE, "odd", UUID.randomUUID().toString(), name);
    byte[] content = bytes(100);

    assertThat(put(key, content)).isInstanceOf(Stored.class);

    assertThat(readSha256(key)).isEqualTo(sha256(content));
    assertThat(vault.find(key)).isPresent();
    assertThat(fetch(vault.presign(key, Duration.ofSeconds(30), Optional.empty())).body())
        .isEqualTo(content);
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 6 * 1024 * 1024})
  void keeps_a_segment_of_200_bytes(int size) throws IOException {
    ObjectKey key = ObjectKey.of(WORKSPACE, UUID.randomUUID().toString(), "x".repeat(200));
    byte[] content = bytes(size);
    put(key, content);
    assertThat(readSha256(key)).isEqualTo(sha256(content));
  }

  @Test
  void a_presigned_url_reads_one_object_under_the_name_given() {
    ObjectKey key = freshKey();
    byte[] content = bytes(1000);
    put(key, content);

    URI url = vault.presign(key, Duration.ofSeconds(30), Optional.of("shot-1.mp4"));

    var answer = fetch(url);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(content);
    assertThat(answer.headers().firstValue("Content-Disposition"))
        .contains("attachment; filename=\"shot-1.mp4\"");
    URI forged = URI.create(url.toString().replace(key.value(), freshKey().value()));
    assertThat(fetch(forged).statusCode()).isEqualTo(403);
  }

  @Test
  void is_seen_to_do_what_is_relied_upon() {
    assertThat(StoreCapabilities.probe(vault)).isEqualTo(new StoreCapabilities(true, true));
  }

  private PutOutcome put(ObjectKey key, byte[] content) {
    return vault.put(key, new ByteArrayInputStream(content), MP4);
  }

  private String readSha256(ObjectKey key) throws IOException {
    try (VaultObject object = vault.open(key)) {
      return sha256(object.stream().readAllBytes());
    }
  }

  private long pendingUploads(ObjectKey key) {
    var client = MinioClients.connect(coordinates().properties(), coordinates().endpoint());
    try {
      return new MinioPendingUploads(client, coordinates().bucket()).of(key).size();
    } finally {
      client.close();
    }
  }

  private static HttpResponse<byte[]> fetch(URI url) {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
          HttpRequest.newBuilder(url).build(), HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ObjectKey freshKey() {
    return ObjectKey.of(WORKSPACE, "renders", UUID.randomUUID().toString(), "0.mp4");
  }

  private static byte[] bytes(int size) {
    byte[] bytes = new byte[size];
    new Random(42 + size + System.nanoTime()).nextBytes(bytes);
    return bytes;
  }

  static String sha256(byte[] content) {
    return HexFormat.of().formatHex(Sha256.begin().digest(content));
  }
}
