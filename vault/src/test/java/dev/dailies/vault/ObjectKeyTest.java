package dev.dailies.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dailies.contracts.WorkspaceId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectKeyTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "acme",
        "acme/",
        "/a",
        "acme//a",
        "acme/./a",
        "acme/../b/c",
        "ACME/a",
        "acme/a\\b",
        "acme/a\nb",
        "acme/a\u0000"
      })
  void refuses_what_some_store_would_not_keep(String value) {
    assertThatThrownBy(() -> new ObjectKey(value)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void counts_bytes_not_characters() {
    assertThat(new ObjectKey("acme/" + "ä".repeat(100)).value()).hasSize(105);
    assertThatThrownBy(() -> new ObjectKey("acme/" + "ä".repeat(101)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ObjectKey("acme" + ("/" + "x".repeat(199)).repeat(6)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void begins_with_its_workspace() {
    var key = ObjectKey.of(new WorkspaceId("acme"), "assets", "ast_1", "poster.jpg");
    assertThat(key.value()).isEqualTo("acme/assets/ast_1/poster.jpg");
    assertThat(key.workspace()).isEqualTo(new WorkspaceId("acme"));
  }
}
