package dev.dailies.prompt.access;

import dev.dailies.contracts.WorkspaceId;
import dev.dailies.contracts.event.Workspace;
import dev.dailies.edge.Principal;
import dev.dailies.messaging.Outbox;
import dev.dailies.prompt.audit.Audit;
import dev.dailies.prompt.audit.AuditEntry;
import dev.dailies.prompt.generation.Transactions;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What goes with every change of access: its event, its audit entry, and its effect here at once.
 */
final class AccessLog {
  private final Outbox outbox;
  private final Audit audit;
  private final Transactions transactions;
  private final Runnable changed;

  /**
   * With its parts.
   *
   * @param changed makes this process forget whom it has looked up
   */
  AccessLog(Outbox outbox, Audit audit, Transactions transactions, Runnable changed) {
    this.outbox = outbox;
    this.audit = audit;
    this.transactions = transactions;
    this.changed = changed;
  }

  <T> T within(Supplier<T> work) {
    return transactions.within(work);
  }

  void tell(ApiKey key) {
    outbox.state(key.id().value(), key.workspace().value(), key.state());
    transactions.afterCommit(changed);
  }

  void tell(Member member) {
    outbox.state(member.id().value(), member.workspace().value(), member.state());
    transactions.afterCommit(changed);
  }

  void tell(WorkspaceStore.Tenant tenant) {
    String name = tenant.name().value();
    outbox.state(
        name, name, new Workspace(name, tenant.version(), tenant.title(), tenant.active()));
    transactions.afterCommit(changed);
  }

  void note(
      Principal by,
      WorkspaceId workspace,
      String action,
      String target,
      Map<String, Object> before,
      Map<String, Object> after) {
    audit.record(new AuditEntry(workspace, by.actor(), action, target, before, after));
  }
}
