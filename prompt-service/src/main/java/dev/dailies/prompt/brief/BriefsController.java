package dev.dailies.prompt.brief;

import dev.dailies.contracts.BriefId;
import dev.dailies.contracts.ProjectId;
import dev.dailies.contracts.WorkspaceId;
import dev.dailies.edge.Allow;
import dev.dailies.edge.Principal;
import dev.dailies.edge.Role;
import dev.dailies.prompt.library.Changes;
import dev.dailies.prompt.library.Edit;
import dev.dailies.prompt.library.Fields;
import dev.dailies.prompt.library.ListQuery;
import dev.dailies.prompt.library.Versions;
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

/** The briefs of a workspace: create, look, list, change, archive and restore. */
@RestController
@RequestMapping("/api/briefs")
@Allow({Role.PRODUCER, Role.REVIEWER, Role.MODERATOR, Role.APPROVER, Role.OPERATOR})
class BriefsController {
  private static final Set<String> NEW = Set.of("project", "title");
  private static final Set<String> CHANGEABLE = Set.of("title", "version");
  private static final Set<String> FILTERS = Set.of("archived", "project");

  private final Briefs briefs;
  private final Changes changes;

  BriefsController(Briefs briefs, Changes changes) {
    this.briefs = briefs;
    this.changes = changes;
  }

  @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  @Allow(Role.PRODUCER)
  ResponseEntity<Map<String, Object>> create(Principal principal, InputStream body)
      throws IOException {
    Fields fields = Fields.read(body, NEW);
    String title = fields.requiredTitle();
    String project =
        fields
            .text("project")
            .orElseThrow(() -> Fields.invalid("project", "The id of a project is needed."));
    return created(
        Versions.made(
            parent(project)
                .map(id ->
                    changes.make(
                        principal.workspace(),
                        principal.actor(),
                        "brief.created",
                        Optional::empty,
                        () -> briefs.add(principal.workspace(), id, title)))
                .orElseThrow(() -> Versions.unknown("project").param("project")),
            "brief"));
  }

  private static ResponseEntity<Map<String, Object>> created(Brief brief) {
    return ResponseEntity.status(HttpStatus.CREATED)
        .header(HttpHeaders.LOCATION, "/api/briefs/" + brief.id())
        .header(HttpHeaders.ETAG, Versions.tag(brief.version()))
        .body(json(brief));
  }

  @GetMapping
  Map<String, Object> list(Principal principal, HttpServletRequest request) {
    ListQuery query = ListQuery.of(request.getParameterMap(), FILTERS);
    return query.page(
        briefs.list(
            principal.workspace(),
            query.id("project", ProjectId::new),
            query.slice(query.flag("archived"))),
        BriefsController::json,
        brief -> ListQuery.cursor(brief.id().value()));
  }

  @GetMapping("/{id}")
  ResponseEntity<Map<String, Object>> one(Principal principal, @PathVariable String id) {
    return parse(id)
        .flatMap(known -> briefs.find(principal.workspace(), known))
        .map(BriefsController::answer)
        .orElseThrow(() -> Versions.unknown("brief"));
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
    BriefId known = parse(id).orElseThrow(() -> Versions.unknown("brief"));
    WorkspaceId workspace = principal.workspace();
    return answer(
        Versions.made(
            changes.make(
                workspace,
                principal.actor(),
                Changes.action("brief", edit),
                () -> briefs.find(workspace, known),
                () -> briefs.edit(workspace, known, edit)),
            "brief"));
  }

  private static ResponseEntity<Map<String, Object>> answer(Brief brief) {
    return ResponseEntity.ok()
        .header(HttpHeaders.ETAG, Versions.tag(brief.version()))
        .body(json(brief));
  }

  private static Optional<BriefId> parse(String id) {
    try {
      return Optional.of(new BriefId(id));
    } catch (IllegalArgumentException notAnId) {
      return Optional.empty();
    }
  }

  private static Optional<ProjectId> parent(String id) {
    try {
      return Optional.of(new ProjectId(id));
    } catch (IllegalArgumentException notAnId) {
      return Optional.empty();
    }
  }

  private static Map<String, Object> json(Brief brief) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("object", "brief");
    json.put("id", brief.id().value());
    json.put("version", brief.version());
    json.put("project", brief.project().value());
    json.put("title", brief.title());
    json.put("archived", brief.archived());
    json.put("created_at", brief.createdAt().toString());
    json.put("changed_at", brief.changedAt().toString());
    return json;
  }
}
