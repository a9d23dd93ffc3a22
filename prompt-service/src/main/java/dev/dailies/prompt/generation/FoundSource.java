package dev.dailies.prompt.generation;

import dev.dailies.contracts.event.StoredObject;
import dev.dailies.prompt.generation.WantedSource.Input;
import dev.dailies.prompt.reference.KnownReference;
import dev.dailies.vault.VideoHeader;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A wanted source with what we know of it.
 *
 * @param parent the generation behind it; empty for a reference
 * @param reference empty for a generation, for bytes not kept yet, and where we never heard of it
 */
record FoundSource(
    WantedSource wanted, Optional<SourceStore.Parent> parent, Optional<KnownReference> reference) {

  /** Its kind of media, where that is known: image, video, audio. */
  Optional<String> media() {
    if (parent.isPresent()) {
      return Optional.of("video");
    }
    return reference.map(known -> known.contentType().split("/", 2)[0]).or(this::said);
  }

  private Optional<String> said() {
    return switch (wanted.input()) {
      case Input.Known known -> Optional.empty();
      case Input.Uploaded uploaded ->
          Optional.of(wanted.param().equals("video") ? "video" : "image");
    };
  }

  /** How many bytes it has, where we were told; what is made here is never too large. */
  OptionalLong size() {
    return wanted.input() instanceof Input.Uploaded(Upload upload)
        ? OptionalLong.of(upload.size())
        : reference.flatMap(KnownReference::object).stream()
            .mapToLong(StoredObject::getSize)
            .findFirst();
  }

  /** What an uploaded video says of itself. */
  Optional<VideoHeader> film() {
    return wanted.input() instanceof Input.Uploaded(Upload upload)
        ? upload.film()
        : Optional.empty();
  }

  /** The same, once its bytes are kept. */
  FoundSource kept(KnownReference known) {
    return new FoundSource(wanted, parent, Optional.of(known));
  }

  /** Whether it has an id by now. */
  boolean named() {
    return reference.isPresent() || wanted.input() instanceof Input.Known;
  }

  /** As the specification names it. */
  Specification.SourceUse use() {
    String id =
        switch (wanted.input()) {
          case Input.Known(String known) -> known;
          case Input.Uploaded uploaded -> reference.orElseThrow().id().value();
        };
    return new Specification.SourceUse(
        id,
        wanted.role(),
        wanted.firstFrame(),
        wanted.lastFrame(),
        parent.map(found -> found.id().value()),
        film().map(header -> header.length().toMillis()));
  }
}
