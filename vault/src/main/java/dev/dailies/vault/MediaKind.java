package dev.dailies.vault;

/** What sort of media an upload is. */
public enum MediaKind {
  IMAGE,
  VIDEO,
  AUDIO
}
