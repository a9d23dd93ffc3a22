package dev.dailies.animatic.server;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which bytes of a content a request wants (RFC 9110, 14). */
sealed interface ByteRange {
  /** All of them; also the answer to a range that is not understood, or to several. */
  record Whole() implements ByteRange {}

  /** From one to another, both included. */
  record Part(long from, long to) implements ByteRange {}

  /** None that the content has. */
  record Outside() implements ByteRange {}

  Pattern ONE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

  static ByteRange of(@Nullable String header, long size) {
    Matcher range = ONE.matcher(header == null ? "" : header.strip());
    if (!range.matches()) {
      return new Whole();
    }
    Optional<Long> first = number(range.group(1));
    Optional<Long> last = number(range.group(2));
    if (first.isEmpty() && last.isEmpty()) {
      return new Whole();
    }
    if (first.isEmpty()) {
      long length = Math.min(last.orElseThrow(), size);
      return length == 0 ? new Outside() : new Part(size - length, size - 1);
    }
    if (first.get() >= size) {
      return new Outside();
    }
    long to = Math.min(last.orElse(size - 1), size - 1);
    return to < first.get() ? new Whole() : new Part(first.get(), to);
  }

  private static Optional<Long> number(String digits) {
    return digits.isEmpty() ? Optional.empty() : Optional.of(Long.parseLong(digits));
  }
}
