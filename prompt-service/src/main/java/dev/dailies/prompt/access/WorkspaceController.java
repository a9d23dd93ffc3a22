package dev.dailies.prompt.access;

import dev.dailies.edge.Allow;
import dev.dailies.edge.Principal;
import dev.dailies.edge.Role;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** The caller's workspace, and who the caller is in it. */
@RestController
class WorkspaceController {
  private final Workspaces workspaces;
  private final WorkspaceStore store;

  WorkspaceController(Workspaces workspaces, WorkspaceStore store) {
    this.workspaces = workspaces;
    this.store = store;
  }

  record Caller(String subject, String kind, List<String> roles, List<String> scopes) {}

  record Seen(String name, String title, boolean active, Instant createdAt, Caller caller) {}

  @GetMapping("/api/workspace")
  @Allow({Role.PRODUCER, Role.REVIEWER, Role.MODERATOR, Role.APPROVER, Role.OPERATOR})
  Seen show(Principal principal) {
    WorkspaceStore.Tenant tenant = store.find(principal.workspace()).orElseThrow();
    return new Seen(
        tenant.name().value(),
        tenant.title(),
        tenant.active(),
        tenant.createdAt(),
        new Caller(
            principal.subject(),
            principal.kind().name().toLowerCase(Locale.ROOT),
            ApiKey.names(principal.roles()),
            principal.scopes().stream().sorted().toList()));
  }

  @PatchMapping("/api/workspace")
  @Allow(Role.OWNER)
  TenantView rename(Principal principal, @RequestBody JsonNode body) {
    return TenantView.of(
        workspaces.rename(principal, Fields.of(body, "title").required("title")).orThrow());
  }
}
