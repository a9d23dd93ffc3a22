package dev.dailies.prompt.access;

import dev.dailies.contracts.KeyId;
import dev.dailies.edge.Allow;
import dev.dailies.edge.Principal;
import dev.dailies.edge.Role;
import dev.dailies.edge.Scope;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The keys of the caller's workspace. */
@RestController
@RequestMapping("/api/keys")
@Allow(Role.OWNER)
class KeysController {
  private final Keys keys;
  private final KeyStore store;
  private final Clock clock;

  KeysController(Keys keys, KeyStore store, Clock clock) {
    this.keys = keys;
    this.store = store;
    this.clock = clock;
  }

  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  KeyView issue(Principal principal, @RequestBody JsonNode body) {
    Fields fields = Fields.of(body, "name", "roles", "scopes", "expires_at");
    Keys.Wish wish =
        new Keys.Wish(
            fields.required("name"),
            fields.roles().orElseThrow(() -> Fields.invalid("roles", "roles is missing")),
            fields.words("scopes", Scope::ofWire, Arrays.asList(Scope.values())).orElseGet(Set::of),
            fields.future("expires_at", clock.instant()));
    return KeyView.of(keys.issue(principal, wish).orThrow());
  }

  @GetMapping
  AccessPage<KeyView> list(
      Principal principal,
      @RequestParam(name = "created_by") Optional<String> createdBy,
      @RequestParam Optional<String> after,
      @RequestParam(defaultValue = "50") int limit) {
    return AccessPage.of(
        store.list(principal.workspace(), createdBy, after, AccessPage.limit(limit) + 1),
        limit,
        key -> key.id().value(),
        KeyView::of);
  }

  @GetMapping("/{id}")
  KeyView one(Principal principal, @PathVariable String id) {
    return parse(id)
        .flatMap(known -> store.find(principal.workspace(), known))
        .map(KeyView::of)
        .orElseGet(() -> Change.<KeyView>unknown("key").orThrow());
  }

  @PostMapping("/{id}/rotate")
  KeyView rotate(
      Principal principal,
      @PathVariable String id,
      @RequestBody(required = false) @Nullable JsonNode body) {
    JsonNode given = body == null ? JsonNodeFactory.instance.objectNode() : body;
    long grace =
        Fields.of(given, "grace_seconds")
            .number("grace_seconds", 0, Keys.LONGEST_GRACE.toSeconds());
    return KeyView.of(
        parse(id)
            .map(known -> keys.rotate(principal, known, Duration.ofSeconds(grace)))
            .orElseGet(() -> Change.unknown("key"))
            .orThrow());
  }

  @DeleteMapping("/{id}")
  KeyView revoke(Principal principal, @PathVariable String id) {
    return KeyView.of(
        parse(id)
            .map(known -> keys.revoke(principal, known))
            .orElseGet(() -> Change.unknown("key"))
            .orThrow());
  }

  private static Optional<KeyId> parse(String id) {
    try {
      return Optional.of(new KeyId(id));
    } catch (IllegalArgumentException notAnId) {
      return Optional.empty();
    }
  }
}
