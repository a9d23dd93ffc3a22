package dev.dailies.animatic.render;

/** How a rendering ended. */
public sealed interface RenderOutcome {
  /** The file stands there, whole. */
  record Rendered() implements RenderOutcome {}

  /** It could not be made. */
  record Broken(String why) implements RenderOutcome {}
}
