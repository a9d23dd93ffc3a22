package dev.dailies.review.board;

import dev.dailies.contracts.event.AudioDirection;
import dev.dailies.contracts.event.Beat;
import dev.dailies.contracts.event.DialogueLine;
import dev.dailies.contracts.event.SpecificationText;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The free text of a request: what was asked to be seen, heard and said. It is erased with its
 * generation and never leaves this service.
 *
 * @param prompt what is wanted
 * @param negativePrompt what is not wanted
 * @param beats the storyboard, card by card
 * @param dialogue the spoken lines, with their speakers
 * @param sound direction for ambience, effects and music
 * @param purpose goal and intent, in the team's words
 */
public record Wording(
    String prompt,
    Optional<String> negativePrompt,
    List<String> beats,
    List<String> dialogue,
    List<String> sound,
    List<String> purpose) {

  public Wording {
    beats = List.copyOf(beats);
    dialogue = List.copyOf(dialogue);
    sound = List.copyOf(sound);
    purpose = List.copyOf(purpose);
  }

  /** The text of a specification. */
  public static Wording of(SpecificationText text) {
    Optional<AudioDirection> audio = text.getAudio();
    return new Wording(
        text.getPrompt(),
        text.getNegativePrompt(),
        text.getBeats().stream().map(Beat::getText).toList(),
        audio.stream().flatMap(a -> a.getDialogue().stream()).map(Wording::spoken).toList(),
        audio.stream()
            .flatMap(a -> Stream.of(a.getAmbience(), a.getEffects(), a.getMusic()))
            .flatMap(Optional::stream)
            .toList(),
        Stream.of(text.getGoal(), text.getIntent()).flatMap(Optional::stream).toList());
  }

  private static String spoken(DialogueLine line) {
    return line.getSpeaker() + ": " + line.getLine();
  }
}
