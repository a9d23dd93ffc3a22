package dev.dailies.prompt.library;

import dev.dailies.contracts.ProjectId;
import dev.dailies.contracts.WorkspaceId;
import dev.dailies.edge.Allow;
import dev.dailies.edge.Principal;
import dev.dailies.edge.Role;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The projects of a workspace: create, look, list, change, archive and restore. */
@RestController
@RequestMapping("/api/projects")
@Allow({Role.PRODUCER, Role.REVIEWER, Role.MODERATOR, Role.APPROVER, Role.OPERATOR})
class ProjectsController {
  private static final Set<String> NEW = Set.of("title");
  private static final Set<String> CHANGEABLE = Set.of("title", "version");
  private static final Set<String> FILTERS = Set.of("archived");

  private final Projects projects;
  private final Changes changes;

  ProjectsController(Projects projects, Changes changes) {
    this.projects = projects;
    this.changes = changes;
  }

  @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  @Allow(Role.PRODUCER)
  ResponseEntity<Map<String, Object>> create(Principal principal, InputStream body)
      throws IOException {
    String title = Fields.read(body, NEW).requiredTitle();
    WorkspaceId workspace = principal.workspace();
    return created(
        Versions.made(
            changes.make(
                workspace,
                principal.actor(),
                "project.created",
                Optional::empty,
                () -> projects.add(workspace, title)),
            "project"));
  }

  private static ResponseEntity<Map<String, Object>> created(Project project) {
    return ResponseEntity.status(HttpStatus.CREATED)
        .header(HttpHeaders.LOCATION, "/api/projects/" + project.id())
        .header(HttpHeaders.ETAG, Versions.tag(project.version()))
        .body(json(project));
  }

  @GetMapping
  Map<String, Object> list(Principal principal, HttpServletRequest request) {
    ListQuery query = ListQuery.of(request.getParameterMap(), FILTERS);
    return query.page(
        projects.list(principal.workspace(), query.slice(query.flag("archived"))),
        ProjectsController::json,
        project -> ListQuery.cursor(project.id().value()));
  }

  @GetMapping("/{id}")
  ResponseEntity<Map<String, Object>> one(Principal principal, @PathVariable String id) {
    return parse(id)
        .flatMap(known -> projects.find(principal.workspace(), known))
        .map(ProjectsController::answer)
        .orElseThrow(() -> Versions.unknown("project"));
  }

  @PatchMapping(value = "/{id}", consumes = MediaType.APPLICATION_JSON_VALUE)
  @Allow(Role.PRODUCER)
  ResponseEntity<Map<String, Object>> change(
      Principal principal,
      @PathVariable String id,
      @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
      InputStream body)
      throws IOException {
    Fields fields = Fields.read(body, CHANGEABLE);
    OptionalLong version = Versions.wanted(ifMatch, fields);
    return edit(principal, id, new Edit(version, fields.title(), Optional.empty()));
  }

  @PostMapping("/{id}/archive")
  @Allow(Role.PRODUCER)
  ResponseEntity<Map<String, Object>> archive(
      Principal principal,
      @PathVariable String id,
      @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
    return edit(principal, id, Edit.archive(Versions.wanted(ifMatch), true));
  }

  @PostMapping("/{id}/restore")
  @Allow(Role.PRODUCER)
  ResponseEntity<Map<String, Object>> restore(
      Principal principal,
      @PathVariable String id,
      @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
    return edit(principal, id, Edit.archive(Versions.wanted(ifMatch), false));
  }

  private ResponseEntity<Map<String, Object>> edit(Principal principal, String id, Edit edit) {
    ProjectId known = parse(id).orElseThrow(() -> Versions.unknown("project"));
    WorkspaceId workspace = principal.workspace();
    return answer(
        Versions.made(
            changes.make(
                workspace,
                principal.actor(),
                Changes.action("project", edit),
                () -> projects.find(workspace, known),
                () -> projects.edit(workspace, known, edit)),
            "project"));
  }

  private static ResponseEntity<Map<String, Object>> answer(Project project) {
    return ResponseEntity.ok()
        .header(HttpHeaders.ETAG, Versions.tag(project.version()))
        .body(json(project));
  }

  private static Optional<ProjectId> parse(String id) {
    try {
      return Optional.of(new ProjectId(id));
    } catch (IllegalArgumentException notAnId) {
      return Optional.empty();
    }
  }

  private static Map<String, Object> json(Project project) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("object", "project");
    json.put("id", project.id().value());
    json.put("version", project.version());
    json.put("title", project.title());
    json.put("archived", project.archived());
    json.put("created_at", project.createdAt().toString());
    json.put("changed_at", project.changedAt().toString());
    return json;
  }
}
