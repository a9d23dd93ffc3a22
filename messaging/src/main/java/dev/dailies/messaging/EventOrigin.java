package dev.dailies.messaging;

import dev.dailies.contracts.event.Actor;
import java.util.Optional;

/**
 * Of what an event speaks and who is behind it; {@link Outbox#publish} makes the envelope from it.
 *
 * @param aggregate kind of the aggregate: generation, render, asset, shot and so on
 * @param aggregateId its id
 * @param workspace the workspace that owns it
 * @param key the record key, which decides the order among events: the id of the aggregate, or of
 *     the generation it belongs to
 * @param actor who caused it; empty: this component
 * @param causationId {@code ce_id} of the event, or id of the request, that led to it
 * @param policyVersion version of the policy that decided, where one did
 */
public record EventOrigin(
    String aggregate,
    String aggregateId,
    String workspace,
    String key,
    Optional<Actor> actor,
    Optional<String> causationId,
    Optional<String> policyVersion) {

  public EventOrigin {
    if (aggregate.isBlank() || aggregateId.isBlank() || workspace.isBlank() || key.isBlank()) {
      throw new IllegalArgumentException("an event needs aggregate, id, workspace and key");
    }
  }

  /** An event keyed by its own aggregate and caused by this component. */
  public static EventOrigin of(String aggregate, String aggregateId, String workspace) {
    return new EventOrigin(
        aggregate,
        aggregateId,
        workspace,
        aggregateId,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** The same, ordered among the events of another id. */
  public EventOrigin keyedBy(String other) {
    return new EventOrigin(
        aggregate, aggregateId, workspace, other, actor, causationId, policyVersion);
  }

  /** The same, caused by someone. */
  public EventOrigin by(Actor who) {
    return new EventOrigin(
        aggregate, aggregateId, workspace, key, Optional.of(who), causationId, policyVersion);
  }

  /** The same, as a consequence of another event or request. */
  public EventOrigin causedBy(String id) {
    return new EventOrigin(
        aggregate, aggregateId, workspace, key, actor, Optional.of(id), policyVersion);
  }

  /** The same, decided under a policy. */
  public EventOrigin under(String version) {
    return new EventOrigin(
        aggregate, aggregateId, workspace, key, actor, causationId, Optional.of(version));
  }
}
