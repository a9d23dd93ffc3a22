package dev.dailies.prompt.library;

/** What became of a change. */
public sealed interface Edited<T> {
  /** It is made, or there was nothing to be changed. */
  record Made<T>(T now) implements Edited<T> {}

  /** There is none, in this workspace. */
  record Unknown<T>() implements Edited<T> {}

  /** Another change came first. */
  record Outdated<T>(long version) implements Edited<T> {}

  /** Another one has that title. */
  record TitleTaken<T>() implements Edited<T> {}
}
