package dev.dailies.review.moderation;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Text brought to one form before it is compared with a list: compatibility forms resolved (full
 * width, ligatures, mathematical letters), accents and invisible characters removed, lower case,
 * and letters of other scripts that look like Latin ones replaced by these.
 *
 * <p>The terms of a list go through the same, so both sides lose the same differences.
 */
final class PlainText {
  private static final Pattern MARKS_AND_INVISIBLE = Pattern.compile("[\\p{Mn}\\p{Cf}]+");
  private static final String LOOKALIKES = "авекмнорстухіјѕαβεικνορτυχ";
  private static final String LATIN = "abekmhopctyxijsabeiknoptux";

  private PlainText() {}

  static String of(String text) {
    String folded =
        MARKS_AND_INVISIBLE
            .matcher(Normalizer.normalize(text, Normalizer.Form.NFKD))
            .replaceAll("")
            .toLowerCase(Locale.ROOT);
    StringBuilder plain = new StringBuilder(folded.length());
    for (int i = 0; i < folded.length(); i++) {
      char c = folded.charAt(i);
      int lookalike = c < 0x80 ? -1 : LOOKALIKES.indexOf(c);
      plain.append(lookalike < 0 ? c : LATIN.charAt(lookalike));
    }
    return plain.toString();
  }
}
