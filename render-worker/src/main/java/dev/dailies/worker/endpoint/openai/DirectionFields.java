package dev.dailies.worker.endpoint.openai;

import dev.dailies.contracts.event.AudioDirection;
import dev.dailies.contracts.event.Beat;
import dev.dailies.contracts.event.DialogueLine;
import dev.dailies.worker.endpoint.Direction;
import java.time.Duration;
import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code beats} and {@code audio}, as our own API has them. Sent only where somebody gave them:
 * other servers don't know these fields.
 */
final class DirectionFields {
  private DirectionFields() {}

  static void write(Direction direction, ObjectNode body) {
    if (!direction.beats().isEmpty()) {
      ArrayNode beats = body.putArray("beats");
      direction.beats().forEach(beat -> beat(beat, beats.addObject()));
    }
    direction
        .audio()
        .filter(DirectionFields::saysMoreThanHowMuch)
        .ifPresent(audio -> audio(audio, body.putObject("audio")));
  }

  /** How much sound is wanted stands in a field of its own. */
  private static boolean saysMoreThanHowMuch(AudioDirection audio) {
    return !audio.getDialogue().isEmpty()
        || audio.getAmbience().isPresent()
        || audio.getEffects().isPresent()
        || audio.getMusic().isPresent();
  }

  private static void beat(Beat beat, ObjectNode node) {
    node.put("at", CreateCall.seconds(Duration.ofMillis(beat.getAtMillis())));
    node.put("seconds", CreateCall.seconds(Duration.ofMillis(beat.getLengthMillis())));
    node.put("text", beat.getText());
    beat.getCamera().ifPresent(camera -> node.put("camera", camera));
    beat.getTransition().ifPresent(transition -> node.put("transition", transition));
  }

  private static void audio(AudioDirection audio, ObjectNode node) {
    node.put("mode", audio.getMode().name().toLowerCase(Locale.ROOT));
    ArrayNode dialogue = node.putArray("dialogue");
    for (DialogueLine line : audio.getDialogue()) {
      ObjectNode spoken = dialogue.addObject();
      spoken.put("speaker", line.getSpeaker());
      spoken.put("line", line.getLine());
      line.getBeat().ifPresent(beat -> spoken.put("beat", beat));
    }
    audio.getAmbience().ifPresent(text -> node.put("ambience", text));
    audio.getEffects().ifPresent(text -> node.put("effects", text));
    audio.getMusic().ifPresent(text -> node.put("music", text));
  }
}
