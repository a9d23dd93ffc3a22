package dev.dailies.prompt.access;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.dailies.contracts.MemberId;
import dev.dailies.edge.Allow;
import dev.dailies.edge.Principal;
import dev.dailies.edge.Role;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** The people of the caller's workspace. */
@RestController
@RequestMapping("/api/members")
@Allow(Role.OWNER)
class MembersController {
  private static final Pattern EMAIL = Pattern.compile("[^@\\s]+@[^@\\s]+");

  private final Members members;
  private final MemberStore store;

  MembersController(Members members, MemberStore store) {
    this.members = members;
    this.store = store;
  }

  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  record View(
      String id,
      Optional<String> subject,
      Optional<String> email,
      Optional<String> name,
      List<String> roles,
      boolean active,
      Instant createdAt,
      String createdBy) {}

  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  View invite(Principal principal, @RequestBody JsonNode body) {
    Fields fields = Fields.of(body, "subject", "email", "name", "roles");
    Optional<String> email = fields.text("email");
    if (email.filter(text -> !EMAIL.matcher(text).matches()).isPresent()) {
      throw Fields.invalid("email", "email is an address");
    }
    Optional<String> subject = fields.text("subject");
    if (subject.isEmpty() && email.isEmpty()) {
      throw Fields.invalid("subject", "a person is named by subject, by email, or by both");
    }
    return view(
        members
            .invite(
                principal,
                new Members.Invitation(
                    subject,
                    email,
                    fields.text("name"),
                    fields.roles().orElseThrow(() -> Fields.invalid("roles", "roles is missing"))))
            .orThrow());
  }

  @GetMapping
  AccessPage<View> list(
      Principal principal,
      @RequestParam Optional<String> after,
      @RequestParam(defaultValue = "50") int limit) {
    return AccessPage.of(
        store.list(principal.workspace(), after, AccessPage.limit(limit) + 1),
        limit,
        member -> member.id().value(),
        MembersController::view);
  }

  @GetMapping("/{id}")
  View one(Principal principal, @PathVariable String id) {
    return parse(id)
        .flatMap(known -> store.find(principal.workspace(), known))
        .map(MembersController::view)
        .orElseGet(() -> Change.<View>unknown("member").orThrow());
  }

  @PatchMapping("/{id}")
  View change(Principal principal, @PathVariable String id, @RequestBody JsonNode body) {
    Fields fields = Fields.of(body, "name", "roles", "active");
    return change(
        principal,
        id,
        new Members.Wish(fields.text("name"), fields.roles(), fields.flag("active"), false));
  }

  /**
   * Deactivates: the record stays, since what was done is signed with its id. Keys are the
   * workspace's; those that the member made end too where that is asked for.
   */
  @DeleteMapping("/{id}")
  View deactivate(
      Principal principal,
      @PathVariable String id,
      @RequestParam(name = "revoke_keys", defaultValue = "false") boolean revokeKeys) {
    return change(
        principal,
        id,
        new Members.Wish(Optional.empty(), Optional.empty(), Optional.of(false), revokeKeys));
  }

  private View change(Principal principal, String id, Members.Wish wish) {
    return view(
        parse(id)
            .map(known -> members.change(principal, known, wish))
            .orElseGet(() -> Change.unknown("member"))
            .orThrow());
  }

  private static View view(Member member) {
    return new View(
        member.id().value(),
        member.subject(),
        member.email(),
        member.name(),
        ApiKey.names(member.roles()),
        member.active(),
        member.createdAt(),
        member.createdBy());
  }

  private static Optional<MemberId> parse(String id) {
    try {
      return Optional.of(new MemberId(id));
    } catch (IllegalArgumentException notAnId) {
      return Optional.empty();
    }
  }
}
