package dev.dailies.edge;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Whether bytes are a text in UTF-8, as JSON between systems must be. A parser is more lenient: it
 * guesses UTF-16 and UTF-32 from the zeros, and takes longer forms of a character than the
 * shortest.
 *
 * <p>Source: RFC 8259, section 8.1; RFC 3629, section 3.
 */
public final class Utf8 {
  private Utf8() {}

  /** True if they are, and none of them is zero: no text that we keep can hold one. */
  public static boolean isText(byte[] bytes, int length) {
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer in = ByteBuffer.wrap(bytes, 0, length);
    CharBuffer out = CharBuffer.allocate(8192);
    while (true) {
      var result = decoder.decode(in, out, true);
      for (int i = 0; i < out.position(); i++) {
        if (out.get(i) == 0) {
          return false;
        }
      }
      if (!result.isOverflow()) {
        return result.isUnderflow();
      }
      out.clear();
    }
  }
}
