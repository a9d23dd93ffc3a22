package dev.dailies.prompt.generation;

import dev.dailies.contracts.BriefId;
import dev.dailies.contracts.ProjectId;
import dev.dailies.contracts.ShotId;
import dev.dailies.edge.Allow;
import dev.dailies.edge.Principal;
import dev.dailies.edge.Role;
import dev.dailies.prompt.brief.Briefs;
import dev.dailies.prompt.generation.GenerationGroups.Kind;
import dev.dailies.prompt.library.Projects;
import dev.dailies.prompt.library.Shots;
import dev.dailies.prompt.library.Versions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Cancels all that is unfinished in a shot, a brief or a project. */
@RestController
@Allow(Role.PRODUCER)
class CancelGroupController {
  private final CancelGroup cancel;
  private final Shots shots;
  private final Briefs briefs;
  private final Projects projects;

  CancelGroupController(CancelGroup cancel, Shots shots, Briefs briefs, Projects projects) {
    this.cancel = cancel;
    this.shots = shots;
    this.briefs = briefs;
    this.projects = projects;
  }

  @PostMapping("/api/shots/{id}/cancel")
  Map<String, Object> shot(Principal principal, @PathVariable String id) {
    require("shot", parse(id, ShotId::new).flatMap(i -> shots.find(principal.workspace(), i)));
    return cancel(principal, Kind.SHOT, id);
  }

  @PostMapping("/api/briefs/{id}/cancel")
  Map<String, Object> brief(Principal principal, @PathVariable String id) {
    require("brief", parse(id, BriefId::new).flatMap(i -> briefs.find(principal.workspace(), i)));
    return cancel(principal, Kind.BRIEF, id);
  }

  @PostMapping("/api/projects/{id}/cancel")
  Map<String, Object> project(Principal principal, @PathVariable String id) {
    require(
        "project", parse(id, ProjectId::new).flatMap(i -> projects.find(principal.workspace(), i)));
    return cancel(principal, Kind.PROJECT, id);
  }

  private static void require(String what, Optional<?> found) {
    if (found.isEmpty()) {
      throw Versions.unknown(what);
    }
  }

  private static <T> Optional<T> parse(String id, Function<String, T> type) {
    try {
      return Optional.of(type.apply(id));
    } catch (IllegalArgumentException notAnId) {
      return Optional.empty();
    }
  }

  private Map<String, Object> cancel(Principal principal, Kind kind, String id) {
    CancelGroup.Tally tally = cancel.cancel(principal.workspace(), kind, id, principal.actor());
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("cancelled", tally.cancelled());
    json.put("cancelling", tally.cancelling());
    json.put("already_ended", tally.alreadyEnded());
    json.put("remaining", tally.remaining());
    return json;
  }
}
