package dev.dailies.animatic.controls;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What the endpoint can be told to do wrong; written {@code [[name]]} or {@code [[name=value]]}.
 */
public enum Marker {
  /** The job takes at least this long, e.g. {@code [[slow=5s]]}. */
  SLOW,
  /** Refused before any work: fails with {@code moderation_blocked}, not billed. */
  REFUSE,
  /** Refused after the work: fails with {@code content_filter}, billed. */
  REFUSE_OUTPUT,
  /** Fails after the work, with the value as code ({@code internal_error} else); not billed. */
  FAIL,
  /** Stays in progress, and keeps its slot, until it is deleted. */
  HANG,
  /** The create is answered 429; the value is {@code Retry-After}, one second else. */
  TOO_MANY("429"),
  /** The create is answered 500; nothing is accepted. */
  SERVER_ERROR("500"),
  /** The create is accepted and answered 500. */
  SERVER_ERROR_AFTER_ACCEPT("500-after-accept"),
  /** The connection closes without an answer; nothing is accepted. */
  RESET_BEFORE_ACCEPT,
  /** The create is accepted; the connection closes without an answer. */
  RESET_AFTER_ACCEPT,
  /** The create is accepted and answered; from then on the job is unknown. */
  LOST,
  /** The first so many looks at the job are answered 404, e.g. {@code [[missing=2]]}. */
  MISSING,
  /** A job that fails is billed in full all the same. */
  BILLED,
  /** The content is noise. */
  GARBAGE,
  /** The content is the first half of the file. */
  TRUNCATED,
  /** The connection closes halfway through the content. */
  CUT,
  /** Half the frames asked for. */
  WRONG_LENGTH,
  /** Half the width and height asked for. */
  WRONG_SIZE,
  /** A sound track in which nothing is heard. */
  SILENCE,
  /** No sound track, whatever was asked. */
  NO_AUDIO,
  /** A black picture. */
  BLACK,
  /** The test card: see {@link dev.dailies.animatic.render.Picture#TEST_CARD}. */
  TESTCARD,
  /** The content is playable and this big, e.g. {@code [[large=1GiB]]}; made up while sent. */
  LARGE,
  /** What the job costs, in the endpoint's currency. */
  PRICE;

  private final String wire;

  Marker() {
    this.wire = name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  Marker(String wire) {
    this.wire = wire;
  }

  /** The name in double brackets. */
  public String wire() {
    return wire;
  }

  static Optional<Marker> named(String name) {
    return Arrays.stream(values()).filter(marker -> marker.wire.equals(name)).findFirst();
  }
}
