package dev.dailies.prompt.library;

import dev.dailies.contracts.BriefId;
import dev.dailies.contracts.ProjectId;
import dev.dailies.contracts.event.Attribute;
import dev.dailies.messaging.Outbox;

/** A shot as {@code shots.v1} carries it: without its title, which may be free text. */
final class ShotStates {
  private ShotStates() {}

  static void publish(Outbox outbox, Shot shot) {
    outbox.state(
        shot.id().value(),
        shot.workspace().value(),
        dev.dailies.contracts.event.Shot.newBuilder()
            .setShot(shot.id().value())
            .setWorkspace(shot.workspace().value())
            .setVersion(shot.version())
            .setProject(shot.project().map(ProjectId::value).orElse(null))
            .setBrief(shot.brief().map(BriefId::value).orElse(null))
            .setBriefRow(shot.briefRow().orElse(null))
            .setDimensions(
                shot.dimensions().entrySet().stream()
                    .map(entry -> new Attribute(entry.getKey(), entry.getValue()))
                    .toList())
            .setArchived(shot.archived())
            .build());
  }
}
