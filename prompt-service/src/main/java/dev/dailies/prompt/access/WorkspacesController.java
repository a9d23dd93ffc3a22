package dev.dailies.prompt.access;

import dev.dailies.contracts.WorkspaceId;
import dev.dailies.edge.Allow;
import dev.dailies.edge.Principal;
import dev.dailies.edge.Role;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** All workspaces of this installation, for those who run it. */
@RestController
@RequestMapping("/api/workspaces")
@Allow(Role.OPERATOR)
class WorkspacesController {
  private final Workspaces workspaces;
  private final WorkspaceStore store;

  WorkspacesController(Workspaces workspaces, WorkspaceStore store) {
    this.workspaces = workspaces;
    this.store = store;
  }

  record Opened(TenantView workspace, KeyView ownerKey) {}

  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  Opened open(Principal principal, @RequestBody JsonNode body) {
    requireHome(principal);
    Fields fields = Fields.of(body, "name", "title");
    String name = fields.required("name");
    Workspaces.Opened opened =
        workspaces
            .open(
                principal,
                parse(name)
                    .orElseThrow(() ->
                        Fields.invalid(
                            "name", "a workspace is named by 1 to 40 of a-z, 0-9 and '-'")),
                fields.text("title").orElse(name))
            .orThrow();
    return new Opened(TenantView.of(opened.workspace()), KeyView.of(opened.owner()));
  }

  @GetMapping
  AccessPage<TenantView> list(
      Principal principal,
      @RequestParam Optional<String> after,
      @RequestParam(defaultValue = "50") int limit) {
    requireHome(principal);
    return AccessPage.of(
        store.list(after, AccessPage.limit(limit) + 1),
        limit,
        tenant -> tenant.name().value(),
        TenantView::of);
  }

  @GetMapping("/{name}")
  TenantView one(Principal principal, @PathVariable String name) {
    requireHome(principal);
    return parse(name)
        .flatMap(store::find)
        .map(TenantView::of)
        .orElseGet(() -> Change.<TenantView>unknown("workspace").orThrow());
  }

  /** Lets nobody of it in any more. */
  @PostMapping("/{name}/close")
  TenantView close(Principal principal, @PathVariable String name) {
    return setActive(principal, name, false);
  }

  /** Lets those in again whom closing shut out. */
  @PostMapping("/{name}/reopen")
  TenantView reopen(Principal principal, @PathVariable String name) {
    return setActive(principal, name, true);
  }

  private TenantView setActive(Principal principal, String name, boolean active) {
    requireHome(principal);
    return TenantView.of(
        parse(name)
            .map(known -> workspaces.setActive(principal, known, active))
            .orElseGet(() -> Change.unknown("workspace"))
            .orThrow());
  }

  private void requireHome(Principal principal) {
    workspaces
        .objection(principal)
        .ifPresent(refusal -> {
          throw refusal;
        });
  }

  private static Optional<WorkspaceId> parse(String name) {
    try {
      return Optional.of(new WorkspaceId(name));
    } catch (IllegalArgumentException notAName) {
      return Optional.empty();
    }
  }
}
