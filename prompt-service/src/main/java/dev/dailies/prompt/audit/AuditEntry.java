package dev.dailies.prompt.audit;

import dev.dailies.contracts.WorkspaceId;
import dev.dailies.contracts.event.Actor;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * One change. Values before and after are ids, words of ours, numbers and times; never a secret, a
 * person's name or address, or anything of a prompt: entries are kept for ever.
 *
 * @param actor who caused it
 * @param action what was done: the kind of the target and a participle, {@code key.revoked}
 * @param target id of what was changed
 * @param before the values that changed, as they were; empty for something new
 * @param after the values that changed, as they are; empty for something that is gone
 */
public record AuditEntry(
    WorkspaceId workspace,
    Actor actor,
    String action,
    String target,
    Map<String, Object> before,
    Map<String, Object> after) {
  private static final Pattern ACTION = Pattern.compile("[a-z_]+\\.[a-z_]+");

  public AuditEntry {
    if (!ACTION.matcher(action).matches() || target.isBlank()) {
      throw new IllegalArgumentException("an action reads kind.participle, not " + action);
    }
    before = Map.copyOf(before);
    after = Map.copyOf(after);
  }
}
