package dev.dailies.prompt.library;

import dev.dailies.contracts.BriefId;
import dev.dailies.contracts.ProjectId;
import dev.dailies.contracts.ShotId;
import dev.dailies.contracts.WorkspaceId;
import dev.dailies.edge.Allow;
import dev.dailies.edge.Principal;
import dev.dailies.edge.RefusalException;
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

/** The shots of a workspace: create, look, list, change, archive and restore. */
@RestController
@RequestMapping("/api/shots")
@Allow({Role.PRODUCER, Role.REVIEWER, Role.MODERATOR, Role.APPROVER, Role.OPERATOR})
class ShotsController {
  private static final Set<String> NEW =
      Set.of("title", "project", "brief", "brief_row", "dimensions");
  private static final Set<String> CHANGEABLE =
      Set.of("title", "brief_row", "dimensions", "version");
  private static final Set<String> FILTERS = Set.of("archived", "project", "brief");

  private final Shots shots;
  private final Changes changes;

  ShotsController(Shots shots, Changes changes) {
    this.shots = shots;
    this.changes = changes;
  }

  @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  @Allow(Role.PRODUCER)
  ResponseEntity<Map<String, Object>> create(Principal principal, InputStream body)
      throws IOException {
    Fields fields = Fields.read(body, NEW);
    Wish wish =
        new Wish(
            fields.text("project"),
            fields.text("brief"),
            Optional.empty(),
            fields.code("brief_row"),
            fields.title(),
            fields.dimensions().orElse(Map.of()));
    return switch (changes.add(
        principal.workspace(), principal.actor(), () -> shots.add(principal.workspace(), wish))) {
      case Placement.Placed placed -> created(placed.shot());
      case Placement.Refused refused ->
          throw new RefusalException(refused.code(), refused.message())
              .param(refused.param())
              .detail("rule", refused.rule());
    };
  }

  private static ResponseEntity<Map<String, Object>> created(Shot shot) {
    return ResponseEntity.status(HttpStatus.CREATED)
        .header(HttpHeaders.LOCATION, "/api/shots/" + shot.id())
        .header(HttpHeaders.ETAG, Versions.tag(shot.version()))
        .body(json(shot));
  }

  @GetMapping
  Map<String, Object> list(Principal principal, HttpServletRequest request) {
    ListQuery query = ListQuery.of(request.getParameterMap(), FILTERS);
    return query.page(
        shots.list(
            principal.workspace(),
            query.id("project", ProjectId::new),
            query.id("brief", BriefId::new),
            query.slice(query.flag("archived"))),
        ShotsController::json,
        shot -> ListQuery.cursor(shot.id().value()));
  }

  @GetMapping("/{id}")
  ResponseEntity<Map<String, Object>> one(Principal principal, @PathVariable String id) {
    return parse(id)
        .flatMap(known -> shots.find(principal.workspace(), known))
        .map(ShotsController::answer)
        .orElseThrow(() -> Versions.unknown("shot"));
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
    return edit(
        principal,
        id,
        new ShotEdit(
            new Edit(version, fields.title(), Optional.empty()),
            fields.code("brief_row"),
            fields.dimensions()));
  }

  @PostMapping("/{id}/archive")
  @Allow(Role.PRODUCER)
  ResponseEntity<Map<String, Object>> archive(
      Principal principal,
      @PathVariable String id,
      @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
    return edit(principal, id, ShotEdit.of(Edit.archive(Versions.wanted(ifMatch), true)));
  }

  @PostMapping("/{id}/restore")
  @Allow(Role.PRODUCER)
  ResponseEntity<Map<String, Object>> restore(
      Principal principal,
      @PathVariable String id,
      @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
    return edit(principal, id, ShotEdit.of(Edit.archive(Versions.wanted(ifMatch), false)));
  }

  private ResponseEntity<Map<String, Object>> edit(Principal principal, String id, ShotEdit edit) {
    ShotId known = parse(id).orElseThrow(() -> Versions.unknown("shot"));
    WorkspaceId workspace = principal.workspace();
    return answer(
        Versions.made(
            changes.make(
                workspace,
                principal.actor(),
                Changes.action("shot", edit.edit()),
                () -> shots.find(workspace, known),
                () -> shots.edit(workspace, known, edit)),
            "shot"));
  }

  private static ResponseEntity<Map<String, Object>> answer(Shot shot) {
    return ResponseEntity.ok()
        .header(HttpHeaders.ETAG, Versions.tag(shot.version()))
        .body(json(shot));
  }

  private static Optional<ShotId> parse(String id) {
    try {
      return Optional.of(new ShotId(id));
    } catch (IllegalArgumentException notAnId) {
      return Optional.empty();
    }
  }

  private static Map<String, Object> json(Shot shot) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("object", "shot");
    json.put("id", shot.id().value());
    json.put("version", shot.version());
    json.put("title", shot.title().orElse(null));
    json.put("project", shot.project().map(ProjectId::value).orElse(null));
    json.put("brief", shot.brief().map(BriefId::value).orElse(null));
    json.put("brief_row", shot.briefRow().orElse(null));
    json.put("dimensions", shot.dimensions());
    json.put("archived", shot.archived());
    json.put("created_at", shot.createdAt().toString());
    json.put("changed_at", shot.changedAt().toString());
    return json;
  }
}
