package dev.dailies.review;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The closed lists of reasons that people may give, by what they decide. Codes, not sentences: so
 * that they can be counted, and so that no free text stands in a log. The lists are data ({@code
 * reasons.yaml}).
 *
 * @param byDecision codes by select, reject, clear and block
 */
public record Reasons(Map<String, List<String>> byDecision) {
  private static final int MOST = 10;

  public Reasons {
    for (String decision : List.of("select", "reject", "clear", "block")) {
      if (byDecision.getOrDefault(decision, List.of()).isEmpty()) {
        throw new IllegalArgumentException("reasons.yaml: no reasons for " + decision);
      }
    }
    byDecision = Map.copyOf(byDecision);
  }

  /** What is wrong with the reasons given for a decision; empty if nothing is. */
  public Optional<String> objection(String decision, List<String> given, boolean required) {
    List<String> known = byDecision.getOrDefault(decision, List.of());
    if (required && given.isEmpty()) {
      return Optional.of("give at least one reason of " + known);
    }
    if (given.size() > MOST) {
      return Optional.of("give at most " + MOST + " reasons");
    }
    // Not List.containsAll: a client may send null among the reasons.
    return new HashSet<>(known).containsAll(given)
        ? Optional.empty()
        : Optional.of("reasons are among " + known);
  }
}
