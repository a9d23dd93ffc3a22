package dev.dailies.prompt.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import dev.dailies.contracts.Topic;
import dev.dailies.contracts.event.AccessKey;
import dev.dailies.messaging.Outbox;
import dev.dailies.prompt.Crew;
import dev.dailies.prompt.Stage;
import dev.dailies.prompt.audit.Audit;
import dev.dailies.testkit.TestTopics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Configured keys: where they come from, what is published of them, and how they end. */
class AccessTest {
  private static final Stage stage = Stage.shared();
  private static final List<String> CONFIGURED =
      List.of(
          "local/owner=dailies-local",
          "local/reviewer=dailies-reviewer",
          "local/moderator=dailies-moderator",
          "other/owner=another-owner");

  private static void configure(String... more) {
    List<String> keys = new ArrayList<>(CONFIGURED);
    keys.addAll(List.of(more));
    new JdbcAccessRegister(
            stage.jdbc(),
            stage.bean(Outbox.class),
            stage.bean(Audit.class),
            new TransactionTemplate(stage.bean(PlatformTransactionManager.class)))
        .configure(keys.stream().map(ConfiguredKey::parse).toList());
  }

  private static List<AccessKey> published(String secretSha256) {
    return TestTopics.shared().read(Topic.ACCESS.topicName()).stream()
        .map(Crew::decode)
        .filter(AccessKey.class::isInstance)
        .map(AccessKey.class::cast)
        .filter(key -> key.getSecretSha256().equals(secretSha256))
        .toList();
  }

  @Test
  void aChangeIsPublishedOnceAndARemovedKeyIsRevokedWithinTwoSeconds() {
    String written = "local/reviewer=a-passing-key";
    String digest = ConfiguredKey.parse(written).secretSha256();
    configure(written);
    configure(written);
    await().untilAsserted(() -> assertThat(published(digest)).hasSize(1));
    assertThat(stage.get("a-passing-key", "/v1/models").status()).isEqualTo(200);

    configure("local/reviewer+approver=a-passing-key");
    await().untilAsserted(() -> assertThat(published(digest)).hasSize(2));
    assertThat(published(digest).getLast().getVersion()).isEqualTo(2);
    assertThat(published(digest).getLast().getRoles()).containsExactly("approver", "reviewer");

    configure();
    await()
        .atMost(Duration.ofSeconds(2))
        .until(() -> stage.get("a-passing-key", "/v1/models").status() == 401);
    await().untilAsserted(() -> assertThat(published(digest)).hasSize(3));
    assertThat(published(digest).getLast().getRevokedAt()).isPresent();
    assertThat(published(ConfiguredKey.parse(CONFIGURED.getFirst()).secretSha256())).hasSize(1);
  }

  @Test
  void wellKnownKeysWorkOnLoopbackOnly() {
    AccessProperties none =
        new AccessProperties(List.of(""), "local", Duration.ofMinutes(1), Duration.ofSeconds(1));
    assertThat(none.effective(true)).hasSize(4);
    assertThat(none.effective(false)).isEmpty();
  }

  @Test
  void aDigestMayStandForTheSecretAndAnErrorNeverShowsIt() {
    String digest = ConfiguredKey.parse("local/owner=dailies-local").secretSha256();
    assertThat(ConfiguredKey.parse("local/owner=sha256:" + digest).secretSha256())
        .isEqualTo(digest);
    for (String wrong :
        List.of("local=hush-hush-1", "local/boss=hush-hush-1", "LOCAL/owner=hush-hush-1", "x/y=")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> ConfiguredKey.parse(wrong))
          .satisfies(e -> assertThat(e.getMessage()).doesNotContain("hush"));
    }
  }
}
