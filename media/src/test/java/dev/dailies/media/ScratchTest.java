package dev.dailies.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dailies.media.Scratch.ScratchFull;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScratchTest {
  @TempDir Path folder;

  @Test
  void a_room_is_gone_when_it_is_closed() throws IOException {
    try (Scratch scratch = Scratch.open(folder, 0)) {
      Path left;
      try (Scratch.Room room = scratch.reserve(100)) {
        left = Files.writeString(room.folder().resolve("file"), "x");
      }
      assertThat(left).doesNotExist();
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void what_a_dead_process_left_is_removed_and_what_a_living_one_has_is_not() throws IOException {
    Path dead = Files.createDirectories(folder.resolve("dead/room-1"));
    Files.writeString(dead.resolve("master"), "x");
    Files.writeString(folder.resolve("dead.lock"), "");

    try (Scratch living = Scratch.open(folder, 0);
        Scratch.Room room = living.reserve(1)) {
      try (Scratch other = Scratch.open(folder, 0)) {
        assertThat(other.folder()).exists();
        assertThat(room.folder()).exists();
      }
      assertThat(folder.resolve("dead")).doesNotExist();
    }
  }

  @Test
  void more_than_is_free_is_not_promised() throws IOException {
    try (Scratch scratch = Scratch.open(folder, 0)) {
      long half = scratch.usable() / 2 + (64L << 20);
      try (Scratch.Room room = scratch.reserve(half)) {
        assertThat(room.folder()).exists();
        assertThatThrownBy(() -> scratch.reserve(half)).isInstanceOf(ScratchFull.class);
      }
      scratch.reserve(half).close();
    }
  }
}
