package dev.dailies.animatic.jobs;

import java.util.Optional;

/**
 * What a clip is made of, when it is made of another one.
 *
 * @param operation what is done with the other one
 * @param video the other one's id; absent if it was sent along
 * @param lead how many of its frames come first; 0 unless it is extended
 */
public record Origin(Operation operation, Optional<String> video, int lead) {

  /** What is done with the other clip. */
  public enum Operation {
    /** Made anew in the same form, from the same seed, with another prompt. */
    REMIX,
    /** Its picture in other colours, under another prompt; its sound is kept. */
    EDIT,
    /** Itself, and a continuation that begins with its last frame. */
    EXTEND
  }
}
