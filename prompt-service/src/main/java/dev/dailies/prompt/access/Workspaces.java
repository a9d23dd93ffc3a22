package dev.dailies.prompt.access;

import dev.dailies.contracts.ErrorCode;
import dev.dailies.contracts.WorkspaceId;
import dev.dailies.edge.Principal;
import dev.dailies.edge.RefusalException;
import dev.dailies.edge.Role;
import dev.dailies.prompt.access.WorkspaceStore.Tenant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Opens workspaces, each with a first owner's key, and names them. */
final class Workspaces {
  /** Stands in envelopes for what belongs to no workspace. */
  private static final String RESERVED = "system";

  private final WorkspaceStore workspaces;
  private final Keys keys;
  private final AccessLog log;
  private final String home;

  /** A workspace with its first key. */
  record Opened(Tenant workspace, Keys.Issued owner) {}

  /**
   * With its parts.
   *
   * @param home the workspace whose operators run this installation
   */
  Workspaces(WorkspaceStore workspaces, Keys keys, AccessLog log, String home) {
    this.workspaces = workspaces;
    this.keys = keys;
    this.log = log;
    this.home = home;
  }

  /** Whether the caller runs this installation; all others are told nothing of other workspaces. */
  Optional<RefusalException> objection(Principal by) {
    return by.workspace().value().equals(home)
        ? Optional.empty()
        : Optional.of(
            new RefusalException(
                ErrorCode.FORBIDDEN,
                "Only operators of this installation's own workspace see and change others."));
  }

  Change<Opened> open(Principal by, WorkspaceId name, String title) {
    if (name.value().equals(RESERVED)) {
      return taken(name);
    }
    return log.within(() -> {
      Optional<Tenant> opened = workspaces.open(name, title);
      if (opened.isEmpty()) {
        return taken(name);
      }
      log.tell(opened.get());
      log.note(by, name, "workspace.opened", name.value(), Map.of(), Map.of("title", title));
      log.note(by, by.workspace(), "workspace.opened", name.value(), Map.of(), Map.of());
      Keys.Issued owner =
          keys.issueIn(
              name,
              by,
              new Keys.Wish("first owner", Set.of(Role.OWNER), Set.of(), Optional.empty()));
      return new Change.Done<>(new Opened(opened.get(), owner));
    });
  }

  Change<Tenant> rename(Principal by, String title) {
    return log.within(() -> {
      Tenant before = workspaces.lock(by.workspace());
      if (before.title().equals(title)) {
        return new Change.Done<>(before);
      }
      Tenant after = workspaces.rename(by.workspace(), title);
      log.tell(after);
      log.note(
          by,
          by.workspace(),
          "workspace.renamed",
          by.workspace().value(),
          Map.of("title", before.title()),
          Map.of("title", title));
      return new Change.Done<>(after);
    });
  }

  /**
   * Closes it, or opens it again; once more changes nothing. A closed one lets nobody in, through
   * whatever service; what was accepted before goes on.
   */
  Change<Tenant> setActive(Principal by, WorkspaceId name, boolean active) {
    if (!active && name.value().equals(home)) {
      return Change.refused(
          ErrorCode.CONFLICT, "It is the workspace whose operators run this installation.");
    }
    return log.within(() -> {
      if (workspaces.find(name).isEmpty()) {
        return Change.unknown("workspace");
      }
      Tenant before = workspaces.lock(name);
      if (before.active() == active) {
        return new Change.Done<>(before);
      }
      Tenant after = workspaces.setActive(name, active);
      String action = active ? "workspace.reopened" : "workspace.closed";
      log.tell(after);
      log.note(by, name, action, name.value(), Map.of(), Map.of());
      log.note(by, by.workspace(), action, name.value(), Map.of(), Map.of());
      return new Change.Done<>(after);
    });
  }

  private static Change<Opened> taken(WorkspaceId name) {
    return Change.refused(ErrorCode.CONFLICT, "There is a workspace '" + name + "' already.");
  }
}
