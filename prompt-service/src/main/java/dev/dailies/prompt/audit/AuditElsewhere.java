package dev.dailies.prompt.audit;

import dev.dailies.contracts.WorkspaceId;
import dev.dailies.contracts.event.Envelope;
import java.util.List;
import java.util.Map;

/**
 * Writes down what was decided in other services by someone who came with a key, a token or a link,
 * when their events tell it here: so there is one place in which an owner finds all of it. Called
 * in the transaction that takes the event in, and so once.
 */
public final class AuditElsewhere {
  private final Audit audit;

  AuditElsewhere(Audit audit) {
    this.audit = audit;
  }

  /**
   * Writes an entry, unless a component decided by itself.
   *
   * @param of what the target belongs to
   * @param reasons codes, never free text
   */
  public void told(
      Envelope envelope, String action, String target, String of, List<String> reasons) {
    write(envelope, action, target, Map.of("of", of, "reasons", reasons));
  }

  /** Writes an entry, unless a component did it by itself. */
  public void told(Envelope envelope, String action, String target) {
    write(envelope, action, target, Map.of());
  }

  private void write(Envelope envelope, String action, String target, Map<String, Object> after) {
    boolean someone =
        switch (envelope.getActor().getKind()) {
          case KEY, PERSON, LINK -> true;
          case COMPONENT, UNKNOWN -> false;
        };
    if (someone) {
      audit.record(
          new AuditEntry(
              new WorkspaceId(envelope.getWorkspace()),
              envelope.getActor(),
              action,
              target,
              Map.of(),
              after));
    }
  }
}
