package dev.dailies.animatic.render;

/** What a clip sounds like. */
public enum Sound {
  /** Plucked notes over a hum, in a key and tempo of prompt and seed. */
  TONE,
  /** A sound track in which nothing is heard. */
  SILENCE,
  /** No sound track. */
  NONE
}
