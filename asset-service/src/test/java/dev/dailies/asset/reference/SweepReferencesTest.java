package dev.dailies.asset.reference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dailies.contracts.WorkspaceId;
import dev.dailies.vault.AssetVault;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SweepReferencesTest {
  private static final WorkspaceId WORKSPACE = new WorkspaceId("acme");

  private final List<String> told = new ArrayList<>();

  /** Answers by name and first argument; whatever else is asked is told and does nothing. */
  private <T> T fake(Class<T> type, Answers answers) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              String call = method.getName() + " " + arguments[0];
              told.add(call);
              return answers.to(call);
            }));
  }

  @FunctionalInterface
  private interface Answers {
    Object to(String call);
  }

  @Test
  void what_can_not_be_removed_waits_and_the_others_go() {
    Uploads uploads =
        fake(
            Uploads.class,
            call ->
                call.startsWith("dead")
                    ? List.of(
                        new Uploads.Dead("stuck", WORKSPACE), new Uploads.Dead("b", WORKSPACE))
                    : "");
    AssetVault vault =
        fake(
            AssetVault.class,
            call -> {
              if (call.contains("stuck")) {
                throw new IllegalStateException("a poisoned object");
              }
              return 1;
            });
    Duration some = Duration.ofSeconds(1);

    new SweepReferences(fake(References.class, call -> List.of()), uploads, vault, some, some)
        .uploads();

    assertThat(told).contains("postpone stuck", "swept b").doesNotContain("swept stuck");
  }
}
