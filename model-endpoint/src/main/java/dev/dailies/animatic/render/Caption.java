package dev.dailies.animatic.render;

import java.util.ArrayList;
import java.util.List;

/**
 * A prompt set in lines that fit the picture.
 *
 * @param lines from top to bottom
 * @param fontSize in pixels
 */
record Caption(List<String> lines, int fontSize) {
  /** The mean advance of DejaVu Sans Bold's letters, in font sizes, with a reserve. */
  private static final double ADVANCE = 0.67;

  private static final int MOST_LINES = 5;

  Caption {
    lines = List.copyOf(lines);
  }

  static Caption of(String text, int width, int height) {
    int fontSize = Math.max(8, Math.min(width, height) / 16);
    int perLine = Math.max(4, (int) (width * 0.94 / (fontSize * ADVANCE)));
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.replaceAll("[\\s\\p{Cntrl}]+", " ").strip().split(" ")) {
      String rest = word;
      while (!rest.isEmpty()) {
        int room = perLine - line.length() - (line.isEmpty() ? 0 : 1);
        if (rest.length() <= room) {
          line.append(line.isEmpty() ? "" : " ").append(rest);
          rest = "";
        } else if (!line.isEmpty()) {
          lines.add(line.toString());
          line.setLength(0);
        } else {
          int end =
              rest.offsetByCodePoints(0, Math.min(perLine, rest.codePointCount(0, rest.length())));
          lines.add(rest.substring(0, end));
          rest = rest.substring(end);
        }
      }
    }
    if (!line.isEmpty()) {
      lines.add(line.toString());
    }
    if (lines.size() > MOST_LINES) {
      String last = lines.get(MOST_LINES - 1);
      int kept = Math.min(last.length(), Math.max(1, perLine - 1));
      lines = new ArrayList<>(lines.subList(0, MOST_LINES));
      lines.set(MOST_LINES - 1, last.substring(0, kept).stripTrailing() + "…");
    }
    return new Caption(lines, fontSize);
  }
}
