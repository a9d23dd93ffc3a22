package dev.dailies.animatic.render;

/** What a clip shows. */
public enum Picture {
  /** A landscape in the colours of prompt and seed, with the prompt as caption. */
  SCENE,
  /**
   * Seven upright bars of equal width over the full height, for the whole clip, nothing else: at 75
   * % grey (191,191,191), yellow (191,191,0), cyan (0,191,191), green (0,191,0), magenta
   * (191,0,191), red (191,0,0), blue (0,0,191). Bar {@code i} of 0…6 spans the pixels from {@code
   * width*i/7} to {@code width*(i+1)/7}, rounded down; BT.709, limited range.
   */
  TEST_CARD,
  /** Nothing. */
  BLACK
}
