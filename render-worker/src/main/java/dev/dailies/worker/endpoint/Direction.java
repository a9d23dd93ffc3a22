package dev.dailies.worker.endpoint;

import dev.dailies.contracts.event.AudioDirection;
import dev.dailies.contracts.event.Beat;
import java.util.List;
import java.util.Optional;

/** The storyboard and the direction of sound, for servers that have fields for them. */
public record Direction(List<Beat> beats, Optional<AudioDirection> audio) {
  public static final Direction NONE = new Direction(List.of(), Optional.empty());

  public Direction {
    beats = List.copyOf(beats);
  }
}
