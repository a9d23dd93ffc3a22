package dev.dailies.prompt.generation;

import dev.dailies.contracts.event.SourceRole;
import java.util.Optional;

/**
 * What a client wants a video to start from.
 *
 * @param param the field that named it, for a refusal
 */
public record WantedSource(
    Input input,
    SourceRole role,
    Optional<Integer> firstFrame,
    Optional<Integer> lastFrame,
    String param) {

  /** The whole of it. */
  static WantedSource whole(Input input, SourceRole role, String param) {
    return new WantedSource(input, role, Optional.empty(), Optional.empty(), param);
  }

  /** Something known by its id, or bytes that came with the request. */
  public sealed interface Input {
    /** A reference, an asset or a generation; its prefix tells which. */
    record Known(String id) implements Input {}

    /** Bytes, and what they are said to be. */
    record Uploaded(Upload upload) implements Input {}
  }

  /** What two requests must have in common to ask for the same: the id, or the digest. */
  String identity() {
    return switch (input) {
      case Input.Known(String id) -> id;
      case Input.Uploaded(Upload upload) -> "sha256:" + upload.sha256();
    };
  }
}
