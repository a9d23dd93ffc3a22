package dev.dailies.prompt.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.dailies.contracts.ErrorCode;
import dev.dailies.edge.Allow;
import dev.dailies.edge.Principal;
import dev.dailies.edge.RefusalException;
import dev.dailies.edge.Role;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Who changed what, newest first. */
@RestController
@RequestMapping("/api/audit")
@Allow(Role.OWNER)
class AuditController {
  private static final int LONGEST_PAGE = 200;

  private final AuditTrail trail;

  AuditController(AuditTrail trail) {
    this.trail = trail;
  }

  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  record Who(String kind, String subject, Optional<String> keyPrefix) {}

  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  record Line(
      String id,
      Instant at,
      Who actor,
      String action,
      String target,
      Map<String, Object> before,
      Map<String, Object> after,
      Optional<String> traceId) {}

  record Page(List<Line> data, Optional<String> next) {}

  @GetMapping
  Page list(
      Principal principal,
      @RequestParam Optional<String> actor,
      @RequestParam Optional<String> action,
      @RequestParam Optional<String> target,
      @RequestParam Optional<String> since,
      @RequestParam Optional<String> until,
      @RequestParam Optional<String> after,
      @RequestParam(defaultValue = "50") int limit) {
    if (limit < 1 || limit > LONGEST_PAGE) {
      throw invalid("limit", "limit lies between 1 and " + LONGEST_PAGE);
    }
    List<Line> found =
        trail
            .find(
                new AuditTrail.Search(
                    principal.workspace(),
                    actor,
                    action,
                    target,
                    since.map(text -> time("since", text)),
                    until.map(text -> time("until", text)),
                    after.map(AuditController::position).orElseGet(OptionalLong::empty),
                    limit + 1))
            .stream()
            .map(AuditController::line)
            .toList();
    boolean more = found.size() > limit;
    List<Line> page = more ? found.subList(0, limit) : found;
    return new Page(page, more ? Optional.of(page.getLast().id()) : Optional.empty());
  }

  private static Line line(AuditTrail.Line line) {
    AuditEntry entry = line.entry();
    return new Line(
        String.valueOf(line.id()),
        line.at(),
        new Who(
            entry.actor().getKind().name().toLowerCase(Locale.ROOT),
            entry.actor().getSubject(),
            line.keyPrefix()),
        entry.action(),
        entry.target(),
        entry.before(),
        entry.after(),
        line.traceId());
  }

  private static OptionalLong position(String after) {
    if (!after.matches("[0-9]{1,18}")) {
      throw invalid("after", "after is the 'next' of the page before");
    }
    return OptionalLong.of(Long.parseLong(after));
  }

  private static Instant time(String field, String text) {
    try {
      OffsetDateTime time = OffsetDateTime.parse(text);
      if (time.getYear() < 1 || time.getYear() > 9998) {
        throw invalid(field, field + " is too far away");
      }
      return time.toInstant();
    } catch (DateTimeParseException e) {
      throw invalid(field, field + " is a time such as 2026-11-24T10:00:00Z");
    }
  }

  private static RefusalException invalid(String field, String message) {
    return new RefusalException(ErrorCode.INVALID_REQUEST, message).param(field);
  }
}
