package dev.dailies.asset.quality;

import java.util.Locale;

/**
 * What a technical check may find. A fatal finding makes the result unusable; of those, the file's
 * faults may not happen again in another attempt, while what the model made on purpose would.
 */
public enum FindingCode {
  /** The render gave no file. */
  NO_OUTPUT(Effect.FATAL_BY_CHANCE),
  /** The master is not in the store. */
  MASTER_MISSING(Effect.FATAL_BY_CHANCE),
  /** The bytes of the master are not those that the worker stored; measured: their SHA-256. */
  DIGEST_MISMATCH(Effect.FATAL_BY_CHANCE),
  /** Not a media file that we take. */
  UNREADABLE(Effect.FATAL_BY_CHANCE),
  /** There is no picture in it. */
  NO_PICTURE(Effect.FATAL_BY_CHANCE),
  /** Frames can't be decoded; measured: how many were, of how many. */
  UNDECODABLE(Effect.FATAL_BY_CHANCE),
  /** Larger or longer than what is taken in. */
  BEYOND_LIMITS(Effect.FATAL_BY_DESIGN),
  /** Off by more than one frame; in milliseconds. */
  LENGTH_MISMATCH(Effect.FATAL_BY_DESIGN),
  /** Another width or height; in pixels. */
  SIZE_MISMATCH(Effect.FATAL_BY_DESIGN),
  /** Sound was wanted and there is none. */
  AUDIO_MISSING(Effect.FATAL_BY_DESIGN),
  /** Ingest failed again and again for a reason of ours. */
  INGEST_FAILED(Effect.FATAL_BY_DESIGN),
  /** No sound was wanted and there is some. */
  AUDIO_UNWANTED(Effect.NOTED),
  /** Another frame rate; in frames a second. */
  RATE_MISMATCH(Effect.NOTED),
  /** Black picture; in milliseconds. */
  BLACK(Effect.NOTED),
  /** Picture that stands still; in milliseconds. */
  FROZEN(Effect.NOTED),
  /** Sound track without sound; in milliseconds. */
  SILENT(Effect.NOTED);

  private enum Effect {
    FATAL_BY_CHANCE,
    FATAL_BY_DESIGN,
    NOTED
  }

  private final Effect effect;

  FindingCode(Effect effect) {
    this.effect = effect;
  }

  /** What stands in events and answers. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether it makes the result unusable. */
  public boolean fatal() {
    return effect != Effect.NOTED;
  }

  /** Whether another attempt could do without it. */
  public boolean retryCouldHelp() {
    return effect == Effect.FATAL_BY_CHANCE;
  }
}
