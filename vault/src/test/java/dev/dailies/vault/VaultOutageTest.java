package dev.dailies.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dailies.testkit.FaultProxy;
import dev.dailies.testkit.TestStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;

/** A store that is away, silent or breaks off is told from an object that is missing, and soon. */
class VaultOutageTest {
  private static final ObjectKey KEY = new ObjectKey("acme/renders/g/r/0.mp4");

  private FaultProxy proxy;
  private VaultProperties properties;
  private MinioAssetVault vault;

  @BeforeEach
  void connect() {
    TestStore store = TestStore.shared();
    proxy = FaultProxy.to(store.port());
    properties = through(proxy.http(), store.freshBucket());
    vault = new MinioAssetVault(properties);
  }

  @AfterEach
  void close() {
    vault.close();
    proxy.close();
  }

  private static VaultProperties through(URI endpoint, String bucket) {
    TestStore store = TestStore.shared();
    return new VaultProperties(
        "test",
        endpoint,
        Optional.empty(),
        "us-east-1",
        bucket,
        store.accessKey(),
        store.secretKey(),
        AssetVaultContract.PART,
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofSeconds(1));
  }

  @Test
  void a_store_that_is_away_is_unavailable_and_comes_back() {
    proxy.refuse();

    isUnavailable(() -> put(new byte[10]));
    isUnavailable(() -> put(new byte[6 << 20]));
    isUnavailable(() -> vault.open(KEY));
    isUnavailable(() -> vault.find(KEY));
    isUnavailable(() -> vault.delete(KEY));
    isUnavailable(() -> vault.check());

    proxy.pass();
    assertThat(put(new byte[10])).isInstanceOf(PutOutcome.Stored.class);
  }

  @Test
  void a_store_that_is_silent_is_unavailable() {
    vault.check();
    proxy.stall();

    isUnavailable(() -> put(new byte[10]));
    isUnavailable(() -> vault.open(KEY));
    isUnavailable(() -> vault.check());
  }

  @Test
  void a_store_that_breaks_off_a_reading_is_unavailable() throws IOException {
    put(new byte[12 << 20]);
    vault.close();
    proxy.cutDownloadAfter(1 << 20);
    vault = new MinioAssetVault(properties);

    try (VaultObject object = vault.open(KEY)) {
      assertThatThrownBy(() -> object.stream().transferTo(OutputStream.nullOutputStream()))
          .isInstanceOf(VaultUnavailable.class);
    }
  }

  @Test
  void a_put_whose_answer_was_lost_can_be_repeated() {
    vault.check();
    vault.close();
    proxy.cutDownloadAfter(0);
    vault = new MinioAssetVault(properties);
    byte[] content = {1, 2, 3};
    isUnavailable(() -> put(content));
    proxy.pass();

    PutOutcome again = put(content);

    assertThat(again.object().getSha256()).isEqualTo(AssetVaultContract.sha256(content));
  }

  @Test
  void wrong_credentials_are_an_operators_matter() {
    var wrong =
        new VaultProperties(
            "test",
            properties.endpoint(),
            Optional.empty(),
            "us-east-1",
            properties.bucket(),
            properties.accessKey(),
            "wrong",
            properties.partSize(),
            properties.connectTimeout(),
            properties.timeout(),
            properties.checkTimeout());
    try (var stranger = new MinioAssetVault(wrong)) {
      isUnavailable(stranger::check);
      isUnavailable(() -> stranger.open(KEY));
    }
  }

  @Test
  void health_says_whether_it_would_work_now_and_what_the_store_can_do() {
    var health = new StoreHealthIndicator(vault, properties);
    proxy.refuse();
    assertThat(health.health().getStatus()).isEqualTo(Status.DOWN);
    assertThat(health.health().getDetails()).containsKey("reason");

    proxy.pass();
    assertThat(health.health().getStatus()).isEqualTo(Status.UP);
    assertThat(health.health().getDetails())
        .containsEntry("conditional_put", true)
        .containsEntry("ranges", true)
        .doesNotContainValue(properties.secretKey());
  }

  private PutOutcome put(byte[] content) {
    return vault.put(KEY, new ByteArrayInputStream(content), "video/mp4");
  }

  private static void isUnavailable(ThrowingCallable call) {
    long began = System.nanoTime();
    assertThatThrownBy(call).isInstanceOf(VaultUnavailable.class);
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(8));
  }
}
