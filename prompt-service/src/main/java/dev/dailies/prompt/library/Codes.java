package dev.dailies.prompt.library;

import java.util.Map;
import java.util.regex.Pattern;

/** Rows of briefs and dimensions of shots are codes: they stand in logs, which are for ever. */
public final class Codes {
  /** How many dimensions a shot has at most. */
  public static final int MOST_DIMENSIONS = 16;

  /** What a code is, for people. */
  public static final String RULE = "a code of 1 to 64 letters, digits and ._:/+#-";

  /** What dimensions are, for people. */
  public static final String DIMENSIONS_RULE =
      "names of up to 40 lower-case letters with codes of up to 64 letters, digits and ._:/+#- as"
          + " strings";

  private static final Pattern DIMENSION = Pattern.compile("[a-z][a-z0-9_.-]{0,39}");
  private static final Pattern CODE = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}._:/+#-]{0,63}");

  private Codes() {}

  /** Whether it is a code. */
  public static boolean isCode(String text) {
    return CODE.matcher(text).matches();
  }

  /** Whether names and values are those of dimensions. */
  public static boolean areDimensions(Map<String, String> dimensions) {
    return dimensions.size() <= MOST_DIMENSIONS
        && dimensions.entrySet().stream()
            .allMatch(e -> DIMENSION.matcher(e.getKey()).matches() && isCode(e.getValue()));
  }
}
