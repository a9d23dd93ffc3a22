package dev.dailies.prompt.access;

import dev.dailies.contracts.WorkspaceId;
import dev.dailies.edge.Allow;
import dev.dailies.edge.Principal;
import dev.dailies.edge.Role;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** The caller's workspace, who the caller is in it, and opening others. */
@RestController
class WorkspaceController {
  private final Workspaces workspaces;
  private final WorkspaceStore store;

  WorkspaceController(Workspaces workspaces, WorkspaceStore store) {
    this.workspaces = workspaces;
    this.store = store;
  }

  record View(String name, String title, boolean active, Instant createdAt) {}

  record Caller(String subject, String kind, List<String> roles, List<String> scopes) {}

  record Seen(String name, String title, boolean active, Instant createdAt, Caller caller) {}

  record Opened(View workspace, KeyView ownerKey) {}

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
  View rename(Principal principal, @RequestBody JsonNode body) {
    return view(workspaces.rename(principal, Fields.of(body, "title").required("title")).orThrow());
  }

  @PostMapping("/api/workspaces")
  @Allow(Role.OPERATOR)
  @ResponseStatus(HttpStatus.CREATED)
  Opened open(Principal principal, @RequestBody JsonNode body) {
    Fields fields = Fields.of(body, "name", "title");
    String name = fields.required("name");
    Workspaces.Opened opened =
        workspaces.open(principal, id(name), fields.text("title").orElse(name)).orThrow();
    return new Opened(view(opened.workspace()), KeyView.of(opened.owner()));
  }

  private static WorkspaceId id(String name) {
    try {
      return new WorkspaceId(name);
    } catch (IllegalArgumentException e) {
      throw Fields.invalid("name", "a workspace is named by 1 to 40 of a-z, 0-9 and '-'");
    }
  }

  private static View view(WorkspaceStore.Tenant tenant) {
    return new View(tenant.name().value(), tenant.title(), tenant.active(), tenant.createdAt());
  }
}
