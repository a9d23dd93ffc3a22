package dev.dailies.prompt.batch;

import dev.dailies.contracts.ErrorCode;
import dev.dailies.contracts.GenerationId;
import dev.dailies.contracts.WorkspaceId;
import dev.dailies.contracts.event.Actor;
import dev.dailies.prompt.batch.BatchLine.Problem;
import dev.dailies.prompt.generation.AcceptItem.Outcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Takes in a batch line by line, in groups that are durable before they are answered. It keeps one
 * group at a time, so its memory does not grow with the batch; wherever it is cut off, a repeat
 * answers what was taken in as before, and takes in the rest.
 */
final class RunBatch {
  static final int MOST_ITEMS = 10_000;
  static final int GROUP = 100;
  private static final int LONGEST_KEY = 255;

  private final BatchGroup desk;

  RunBatch(BatchGroup desk) {
    this.desk = desk;
  }

  /**
   * Who sends the batch.
   *
   * @param id names the batch: keys of lines that bring none are made of it
   * @param stillAllowed asked before each line, as a key may be revoked meanwhile
   */
  record Sender(
      WorkspaceId workspace, Actor actor, Optional<String> id, BooleanSupplier stillAllowed) {}

  /** Takes in everything, or as much as can be. */
  void run(Sender sender, BatchSource source, BatchAnswers answers) throws IOException {
    List<BatchLine> group = new ArrayList<>(GROUP);
    Optional<Problem> stop = Optional.empty();
    long items = 0;
    while (stop.isEmpty()) {
      Optional<BatchLine> next = source.next();
      if (next.isEmpty()) {
        break;
      }
      items++;
      stop = stopAt(next.get(), items, sender);
      if (stop.isEmpty()) {
        group.add(next.get());
      }
      if (group.size() == GROUP || !group.isEmpty() && !source.more()) {
        answer(sender, group, answers);
      }
    }
    answer(sender, group, answers);
    answers.close(stop);
  }

  private static Optional<Problem> stopAt(BatchLine line, long items, Sender sender) {
    if (line instanceof BatchLine.End(long number, Problem problem)) {
      return Optional.of(
          new Problem(
              problem.code(), "Line " + number + ": " + problem.message(), problem.param()));
    }
    if (items > MOST_ITEMS) {
      return Optional.of(
          new Problem(
              ErrorCode.TOO_LARGE,
              "A batch holds at most %d items; from line %d on nothing was read."
                  .formatted(MOST_ITEMS, line.line()),
              "line"));
    }
    if (!sender.stillAllowed().getAsBoolean()) {
      return Optional.of(
          new Problem(
              ErrorCode.INVALID_API_KEY,
              "The key was revoked or has expired; from line %d on nothing was taken in."
                  .formatted(line.line()),
              "Authorization"));
    }
    return Optional.empty();
  }

  private void answer(Sender sender, List<BatchLine> group, BatchAnswers answers)
      throws IOException {
    if (group.isEmpty()) {
      return;
    }
    List<BatchLine> lines = group.stream().map(line -> keyed(line, sender)).toList();
    List<BatchGroup.Keyed> items =
        lines.stream()
            .filter(BatchLine.Item.class::isInstance)
            .map(BatchLine.Item.class::cast)
            .map(item -> new BatchGroup.Keyed(item.key().orElseThrow(), item.fields()))
            .toList();
    try {
      List<Outcome> outcomes =
          items.isEmpty() ? List.of() : desk.accept(sender.workspace(), sender.actor(), items);
      answer(lines, outcomes, answers);
    } catch (BatchGroup.BrokenOff e) {
      answer(lines, e.done(), answers);
      throw e;
    }
    group.clear();
  }

  /** As far as there are outcomes. */
  private static void answer(List<BatchLine> lines, List<Outcome> all, BatchAnswers answers)
      throws IOException {
    Iterator<Outcome> outcomes = all.iterator();
    for (BatchLine line : lines) {
      if (line instanceof BatchLine.Item && !outcomes.hasNext()) {
        break;
      }
      switch (line) {
        case BatchLine.Item item -> decided(item, outcomes.next(), answers);
        case BatchLine.Bad bad -> answers.refused(bad.line(), bad.key(), bad.problem());
        case BatchLine.End end -> answers.refused(end.line(), Optional.empty(), end.problem());
      }
    }
    answers.flush();
  }

  private static void decided(BatchLine.Item item, Outcome outcome, BatchAnswers answers)
      throws IOException {
    switch (outcome) {
      case Outcome.Accepted accepted ->
          answers.accepted(
              item.line(),
              item.key().orElseThrow(),
              accepted.generations().stream().map(GenerationId::value).toList(),
              accepted.repeated());
      case Outcome.Refused no ->
          answers.refused(
              item.line(), item.key(), new Problem(no.code(), no.message(), no.param()));
    }
  }

  /** The line with the key under which it is taken in, or why it has none. */
  private static BatchLine keyed(BatchLine line, Sender sender) {
    if (!(line instanceof BatchLine.Item item)) {
      return line;
    }
    Optional<String> key = item.key().or(() -> sender.id().map(id -> id + "/" + item.line()));
    if (key.isEmpty()) {
      return bad(item, "A key is needed, on the line or as Idempotency-Key of the whole batch.");
    }
    boolean printable = key.get().chars().allMatch(c -> c > ' ' && c < 127);
    if (key.get().isEmpty() || key.get().length() > LONGEST_KEY || !printable) {
      return bad(item, "A key holds 1 to " + LONGEST_KEY + " visible ASCII characters.");
    }
    return new BatchLine.Item(item.line(), key, item.fields());
  }

  private static BatchLine bad(BatchLine.Item item, String message) {
    return new BatchLine.Bad(
        item.line(), Optional.empty(), new Problem(ErrorCode.INVALID_REQUEST, message, "key"));
  }
}
