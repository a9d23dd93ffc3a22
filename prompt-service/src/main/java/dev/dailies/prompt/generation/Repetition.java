package dev.dailies.prompt.generation;

import java.time.Instant;

/** How a request can be known again when it is sent twice. */
public sealed interface Repetition {
  /** Not at all: each is a new one. */
  record None() implements Repetition {}

  /** By a key that the client chose: good for as long as the generation is kept. */
  record Key(String key) implements Repetition {}

  /**
   * By what it asks: a client's library sends it again by itself when an answer is lost, and says
   * so.
   *
   * @param subject who asks
   * @param again whether it is sent again
   * @param arrivedAt when it began to arrive: a first try that was overtaken by its own repeat is
   *     known by this
   */
  record Library(String subject, boolean again, Instant arrivedAt) implements Repetition {}
}
