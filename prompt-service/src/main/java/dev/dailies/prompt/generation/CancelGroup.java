package dev.dailies.prompt.generation;

import dev.dailies.contracts.GenerationId;
import dev.dailies.contracts.WorkspaceId;
import dev.dailies.contracts.event.Actor;
import dev.dailies.prompt.audit.Audit;
import dev.dailies.prompt.audit.AuditEntry;
import dev.dailies.prompt.generation.CancelGeneration.Outcome;
import dev.dailies.prompt.generation.GenerationGroups.Group;
import dev.dailies.prompt.generation.GenerationGroups.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Cancels all that is unfinished in a shot, a brief or a project, some in each transaction: a call
 * that is cut off has done a part, and the next goes on with the rest. What is accepted meanwhile
 * is not touched.
 */
final class CancelGroup {
  private static final int CHUNK = 50;

  /** Whoever asks hears within this time; clients and proxies give up at a minute. */
  private static final Duration LONGEST = Duration.ofSeconds(20);

  private final GenerationGroups groups;
  private final CancelGeneration cancel;
  private final Audit audit;
  private final Transactions transactions;

  CancelGroup(
      GenerationGroups groups, CancelGeneration cancel, Audit audit, Transactions transactions) {
    this.groups = groups;
    this.cancel = cancel;
    this.audit = audit;
    this.transactions = transactions;
  }

  /**
   * What became of them.
   *
   * @param cancelled ended by this call
   * @param cancelling a worker has to say the last word
   * @param alreadyEnded had ended before
   * @param remaining not asked to end yet, as the time was up: the same call again goes on
   */
  record Tally(long cancelled, long cancelling, long alreadyEnded, long remaining) {
    private Tally with(Outcome outcome) {
      return switch (outcome) {
        case Outcome.Cancelled() -> new Tally(cancelled + 1, cancelling, alreadyEnded, remaining);
        case Outcome.Cancelling() -> new Tally(cancelled, cancelling + 1, alreadyEnded, remaining);
        case Outcome.AlreadyEnded ended ->
            new Tally(cancelled, cancelling, alreadyEnded + 1, remaining);
        case Outcome.Unknown() -> this;
      };
    }

    private Tally leaving(long rest) {
      return new Tally(cancelled, cancelling, alreadyEnded, rest);
    }
  }

  /** Cancels. */
  Tally cancel(WorkspaceId workspace, Kind kind, String id, Actor actor) {
    Group group = groups.now(workspace, kind, id);
    Tally tally = new Tally(0, 0, groups.ended(group), 0);
    long until = System.nanoTime() + LONGEST.toNanos();
    List<GenerationId> chunk = groups.unfinished(group, Optional.empty(), CHUNK);
    if (!chunk.isEmpty()) {
      transactions.within(() -> note(group, actor));
    }
    while (!chunk.isEmpty()) {
      if (System.nanoTime() - until > 0) {
        return tally.leaving(groups.untouched(group));
      }
      List<GenerationId> these = chunk;
      List<Outcome> outcomes =
          transactions.within(
              () -> these.stream().map(one -> cancel.cancel(one, workspace, actor)).toList());
      for (Outcome outcome : outcomes) {
        tally = tally.with(outcome);
      }
      chunk = groups.unfinished(group, Optional.of(these.getLast()), CHUNK);
    }
    return tally;
  }

  /** Each generation has an entry of its own; this one says what was asked. */
  private AuditEntry note(Group group, Actor actor) {
    String kind = group.kind().name().toLowerCase(Locale.ROOT);
    AuditEntry entry =
        new AuditEntry(
            group.workspace(), actor, kind + ".cancelled", group.id(), Map.of(), Map.of());
    audit.record(entry);
    return entry;
  }
}
