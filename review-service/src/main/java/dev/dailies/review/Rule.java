package dev.dailies.review;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * One business rule: a name that API, console and tests can cite, the reason given to people, and
 * the question itself.
 *
 * @param name stable, snake case
 * @param reason what is told to the person who was refused
 * @param allows whether the case passes
 */
public record Rule<C>(String name, String reason, Predicate<C> allows) {

  /** The first rule of the list that says no. */
  public static <C> Optional<Rule<C>> firstAgainst(List<Rule<C>> rules, C given) {
    return rules.stream().filter(rule -> !rule.allows().test(given)).findFirst();
  }
}
