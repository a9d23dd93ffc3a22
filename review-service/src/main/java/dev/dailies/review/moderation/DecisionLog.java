package dev.dailies.review.moderation;

import dev.dailies.contracts.event.Actor;
import dev.dailies.review.board.Page;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** All moderation decisions, numbered per asset; the last one counts. */
public interface DecisionLog {
  /**
   * Appends a decision, with its event, if the newest one is still the expected one.
   *
   * @param expected number of the decision that was looked at; 0: none
   * @return the new number; empty if another was faster
   */
  Optional<Long> append(Draft draft, long expected);

  /** The newest decision of an asset. */
  Optional<Decision> findNewest(String asset);

  /** All decisions of an asset, newest first. */
  List<Decision> history(String asset);

  /** What waits for a moderator, longest first. */
  Page<Held> held(String workspace, Optional<HeldCursor> after, int most);

  /**
   * A decision to be made.
   *
   * @param actor a moderator; empty: the policy
   * @param reasons a moderator's reason codes
   * @param cause {@code ce_id} of what led to it
   */
  record Draft(
      String asset,
      String workspace,
      String generation,
      Verdict verdict,
      Optional<Actor> actor,
      List<String> reasons,
      Optional<String> cause) {}

  /**
   * A decision that was made.
   *
   * @param decision its number, from 1
   * @param byPerson whether a moderator made it
   */
  record Decision(
      long decision,
      Outcome outcome,
      List<Signal> signals,
      List<String> reasons,
      boolean byPerson,
      String actor,
      String policyVersion,
      Instant decidedAt) {}

  /** An asset that waits for a moderator. */
  record Held(
      String asset,
      String generation,
      Optional<String> shot,
      long decision,
      List<Signal> signals,
      String policyVersion,
      Instant heldAt) {}

  /** The place of an asset in the queue. */
  record HeldCursor(Instant heldAt, String asset) {
    /** As clients carry it; its form is nobody's business. */
    public String text() {
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString((heldAt + " " + asset).getBytes(StandardCharsets.UTF_8));
    }

    /** Reads what {@link #text} wrote; empty if it did not. */
    public static Optional<HeldCursor> parse(String text) {
      try {
        String[] parts =
            new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split(" ");
        return parts.length == 2
            ? Optional.of(new HeldCursor(Instant.parse(parts[0]), parts[1]))
            : Optional.empty();
      } catch (IllegalArgumentException | DateTimeParseException e) {
        return Optional.empty();
      }
    }
  }
}
