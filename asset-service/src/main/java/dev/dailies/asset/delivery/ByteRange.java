package dev.dailies.asset.delivery;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a {@code Range} header asks for. Source: RFC 9110, 14.1 and 14.2: a header that is
 * malformed, of another unit, or asks for several ranges at once (which a server need not serve) is
 * ignored.
 */
sealed interface ByteRange {
  /** The whole content. */
  record Whole() implements ByteRange {}

  /** From one offset to another, inclusive, both within the content. */
  record Part(long from, long to) implements ByteRange {
    long length() {
      return to - from + 1;
    }

    String header(long size) {
      return "bytes %d-%d/%d".formatted(from, to, size);
    }
  }

  /** Nothing of what is asked for exists. */
  record Outside() implements ByteRange {}

  Pattern SINGLE = Pattern.compile("(?i)\\s*bytes\\s*=\\s*(\\d{0,18})\\s*-\\s*(\\d{0,18})\\s*");

  /** Reads the header against a content of that many bytes. */
  static ByteRange of(String header, long size) {
    Matcher range = SINGLE.matcher(header);
    if (!range.matches() || (range.group(1).isEmpty() && range.group(2).isEmpty())) {
      return new Whole();
    }
    if (range.group(1).isEmpty()) {
      long last = Long.parseLong(range.group(2));
      return last == 0 || size == 0 ? new Outside() : new Part(Math.max(0, size - last), size - 1);
    }
    long from = Long.parseLong(range.group(1));
    long to = range.group(2).isEmpty() ? Long.MAX_VALUE : Long.parseLong(range.group(2));
    if (to < from) {
      return new Whole();
    }
    return from >= size ? new Outside() : new Part(from, Math.min(to, size - 1));
  }
}
