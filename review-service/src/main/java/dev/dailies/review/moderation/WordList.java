package dev.dailies.review.moderation;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What may not be said, under one category.
 *
 * @param category the category of the signal
 * @param terms words or phrases; they match as whole words, whatever stands between the words
 * @param patterns regular expressions over {@link PlainText}
 * @param alsoNegative whether the negative prompt is looked at too; what is asked to be left out is
 *     usually no offence
 */
record WordList(String category, List<String> terms, List<Pattern> patterns, boolean alsoNegative) {
  private static final String BETWEEN_WORDS = "[^\\p{L}\\p{N}]+";

  WordList {
    terms = List.copyOf(terms);
    patterns = List.copyOf(patterns);
    if (terms.isEmpty() && patterns.isEmpty()) {
      throw new IllegalArgumentException("the list of " + category + " is empty");
    }
  }

  /** The list, its terms made ready for looking. */
  Compiled compile() {
    Stream<Pattern> whole = terms.isEmpty() ? Stream.empty() : Stream.of(wholeWords(terms));
    return new Compiled(category, Stream.concat(whole, patterns.stream()).toList(), alsoNegative);
  }

  private static Pattern wholeWords(List<String> terms) {
    return Pattern.compile(
        terms.stream()
            .map(PlainText::of)
            .map(term ->
                Arrays.stream(term.split(BETWEEN_WORDS))
                    .filter(word -> !word.isEmpty())
                    .map(Pattern::quote)
                    .collect(Collectors.joining(BETWEEN_WORDS)))
            .filter(term -> !term.isEmpty())
            .collect(Collectors.joining("|", "(?<![\\p{L}\\p{N}])(?:", ")(?![\\p{L}\\p{N}])")));
  }

  /** A list that can be asked. */
  record Compiled(String category, List<Pattern> patterns, boolean alsoNegative) {
    /** Whether plain text holds anything of the list. */
    boolean foundIn(String plain) {
      return patterns.stream().anyMatch(pattern -> pattern.matcher(plain).find());
    }
  }
}
