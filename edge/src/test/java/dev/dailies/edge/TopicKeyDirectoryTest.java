package dev.dailies.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dailies.contracts.event.AccessKey;
import dev.dailies.contracts.event.AccessMember;
import dev.dailies.contracts.event.Workspace;
import dev.dailies.messaging.EventContext;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which keys are good, from what {@code access.v1} says, in whatever order and however often. */
class TopicKeyDirectoryTest {
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
  private static final EventContext AT =
      new EventContext("access.v1", "key", "acme", Optional.empty());

  private final TopicKeyDirectory keys =
      new TopicKeyDirectory(Clock.fixed(NOW, ZoneOffset.UTC), new TopicMembers());

  @Test
  void a_key_is_its_principal_and_roles_of_later_builds_give_nothing() {
    keys.learn(key("k1", "secret", 1).setRoles(List.of("reviewer", "astronaut")).build(), AT);
    assertThat(keys.find("secret"))
        .hasValueSatisfying(principal -> {
          assertThat(principal.workspace().value()).isEqualTo("acme");
          assertThat(principal.roles()).isEqualTo(Set.of(Role.REVIEWER));
          assertThat(principal.has(Role.OWNER)).isFalse();
        });
    assertThat(keys.find("another")).isEmpty();
  }

  @Test
  void it_ends_at_its_expiry_and_at_its_revocation() {
    assertThat(good(null, NOW.plusMillis(1))).isTrue();
    assertThat(good(null, NOW)).isFalse();
    assertThat(good(null, NOW.minus(Duration.ofDays(1)))).isFalse();
    // By a clock that is ahead of ours, and revoked all the same.
    assertThat(good(NOW.plusSeconds(30), null)).isFalse();
    assertThat(good(NOW, null)).isFalse();
    assertThat(good(NOW.minusSeconds(1), NOW.plusSeconds(9))).isFalse();
  }

  private boolean good(@Nullable Instant revoked, @Nullable Instant expires) {
    TopicKeyDirectory one =
        new TopicKeyDirectory(Clock.fixed(NOW, ZoneOffset.UTC), new TopicMembers());
    one.learn(key("k1", "secret", 1).setRevokedAt(revoked).setExpiresAt(expires).build(), AT);
    return one.find("secret").isPresent();
  }

  @Test
  void an_older_word_never_brings_a_revoked_key_back() {
    AccessKey before = key("k1", "secret", 1).build();
    AccessKey revoked = key("k1", "secret", 2).setRevokedAt(NOW).build();
    for (AccessKey word : List.of(before, revoked, before, revoked)) {
      keys.learn(word, AT);
    }
    keys.learn(before, AT);
    assertThat(keys.find("secret")).isEmpty();
  }

  @Test
  void a_key_with_a_new_secret_has_lost_the_old_one() {
    keys.learn(key("k1", "old", 1).build(), AT);
    keys.learn(key("k1", "new", 2).build(), AT);
    assertThat(keys.find("old")).isEmpty();
    assertThat(keys.find("new")).isPresent();
  }

  @Test
  void a_forgotten_key_is_gone_and_takes_no_other_with_it() {
    keys.learn(key("k1", "secret", 1).setRevokedAt(NOW).build(), AT);
    keys.learn(key("k2", "secret", 1).build(), AT);
    keys.forget("k1", AT);
    assertThat(keys.find("secret")).isPresent();
    keys.forget("k2", AT);
    keys.forget("k3", AT);
    assertThat(keys.find("secret")).isEmpty();
  }

  @Test
  void after_a_rotation_the_old_secret_is_good_for_the_grace_and_no_longer() {
    keys.learn(key("k1", "old", 1).build(), AT);
    keys.learn(
        key("k1", "new", 2)
            .setPreviousSecretSha256("old")
            .setPreviousUntil(NOW.plusMillis(1))
            .build(),
        AT);
    assertThat(keys.find("old")).isEqualTo(keys.find("new")).isPresent();
    keys.learn(
        key("k1", "new", 3).setPreviousSecretSha256("old").setPreviousUntil(NOW).build(), AT);
    assertThat(keys.find("old")).isEmpty();
    assertThat(keys.find("new")).isPresent();
    keys.learn(
        key("k1", "new", 4)
            .setPreviousSecretSha256("old")
            .setPreviousUntil(NOW.plusSeconds(9))
            .setRevokedAt(NOW)
            .build(),
        AT);
    assertThat(keys.find("old")).isEmpty();
  }

  @Test
  void a_person_is_its_active_memberships_in_whatever_order_they_were_told() {
    keys.learn(member("m1", "acme", 2, true, "sub", "mail"), AT);
    keys.learn(member("m1", "acme", 1, false, "sub", "older mail"), AT);
    keys.learn(member("m2", "globex", 1, true, "sub"), AT);
    assertThat(keys.findMemberships("sub"))
        .extracting(found -> found.workspace().value())
        .containsExactly("acme", "globex");
    assertThat(keys.findMemberships("older mail")).isEmpty();

    keys.learn(member("m1", "acme", 3, true, "sub"), AT);
    assertThat(keys.findMemberships("mail")).isEmpty();
    keys.learn(member("m1", "acme", 4, false, "sub"), AT);
    assertThat(keys.findMemberships("sub")).hasSize(1);
    keys.forget("m2", AT);
    assertThat(keys.findMemberships("sub")).isEmpty();
  }

  @Test
  void a_closed_workspace_is_closed_to_its_keys_and_members() {
    keys.learn(key("k1", "secret", 1).build(), AT);
    keys.learn(member("m1", "acme", 1, true, "sub"), AT);
    keys.learn(new Workspace("acme", 2L, "Acme", false), AT);
    keys.learn(new Workspace("acme", 1L, "Acme", true), AT);
    assertThat(keys.find("secret")).isEmpty();
    assertThat(keys.findMemberships("sub")).isEmpty();
    keys.learn(new Workspace("acme", 3L, "Acme", true), AT);
    assertThat(keys.find("secret")).isPresent();
  }

  private static AccessMember member(
      String id, String workspace, long version, boolean active, String... identities) {
    return AccessMember.newBuilder()
        .setMemberId(id)
        .setWorkspace(workspace)
        .setVersion(version)
        .setIdentities(List.of(identities))
        .setRoles(List.of("producer"))
        .setActive(active)
        .build();
  }

  private static AccessKey.Builder key(String id, String secret, long version) {
    return AccessKey.newBuilder()
        .setKeyId(id)
        .setWorkspace("acme")
        .setVersion(version)
        .setSecretSha256(secret)
        .setRoles(List.of("owner"))
        .setScopes(List.of());
  }
}
