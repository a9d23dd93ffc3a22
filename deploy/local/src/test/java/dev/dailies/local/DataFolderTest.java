package dev.dailies.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
  @TempDir Path temporary;

  @Test
  void aSecondOwnerIsToldWhoHasTheFolder() {
    try (DataFolder first = new DataFolder(temporary)) {
      first.describe("process 4711, http://127.0.0.1:8080");

      assertThatThrownBy(() -> new DataFolder(temporary))
          .isInstanceOf(LaunchFailure.class)
          .hasMessageContaining(temporary.toString())
          .hasMessageContaining("process 4711, http://127.0.0.1:8080")
          .hasMessageContaining("--data");
    }
    new DataFolder(temporary).close();
  }

  @Test
  void aFileInItsPlaceIsSaid() throws Exception {
    Path file = Files.createFile(temporary.resolve("data"));

    assertThatThrownBy(() -> new DataFolder(file))
        .isInstanceOf(LaunchFailure.class)
        .hasMessageContaining(file.toString());
  }

  @Test
  void portsAreTheSameInTheNextRunUnlessSomebodyTookThem() throws Exception {
    Path file = temporary.resolve("ports.properties");
    Ports first = new Ports(file);
    int prompt = first.of("prompt-service");
    int asset = first.of("asset-service");
    assertThat(prompt).isNotEqualTo(asset);

    assertThat(new Ports(file).of("prompt-service")).isEqualTo(prompt);
    try (java.net.ServerSocket taken =
        new java.net.ServerSocket(prompt, 1, java.net.InetAddress.getLoopbackAddress())) {
      assertThat(new Ports(file).of("prompt-service")).isNotEqualTo(taken.getLocalPort());
      assertThat(new Ports(file).of("asset-service")).isEqualTo(asset);
    }
  }
}
