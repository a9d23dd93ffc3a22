package dev.dailies.prompt.generation;

import dev.dailies.contracts.ShotId;
import dev.dailies.contracts.event.AudioDirection;
import dev.dailies.contracts.event.GenerationSpec;
import dev.dailies.contracts.event.Operation;
import dev.dailies.contracts.event.OutputForm;
import dev.dailies.contracts.event.OutputKind;
import dev.dailies.contracts.event.SpecificationForm;
import dev.dailies.contracts.event.SpecificationText;
import java.util.List;

/** A specification as the contracts carry it. */
public final class SpecificationRecords {
  private SpecificationRecords() {}

  /** The form, with the digest of the words in their place. */
  public static SpecificationForm form(Specification specification, ShotId shot) {
    Specification.Form form = specification.form();
    return SpecificationForm.newBuilder()
        .setOperation(Operation.GENERATE)
        .setModel(form.model())
        .setOutput(
            OutputForm.newBuilder()
                .setKind(OutputKind.VIDEO)
                .setWidth(form.size().width())
                .setHeight(form.size().height())
                .setLengthMillis(form.length().toMillis())
                .build())
        .setAudioMode(form.audio())
        .setSeed(form.seed().orElse(null))
        .setShot(shot.value())
        .setPriority(form.priority())
        .setNotBefore(form.notBefore().orElse(null))
        .setTextSha256(digest(specification.words()))
        .build();
  }

  /** The words. */
  public static SpecificationText text(Specification specification) {
    return SpecificationText.newBuilder()
        .setPrompt(specification.words().prompt())
        .setNegativePrompt(specification.words().negativePrompt().orElse(null))
        .setAudio(
            AudioDirection.newBuilder()
                .setMode(specification.form().audio())
                .setDialogue(List.of())
                .build())
        .build();
  }

  /** The whole, as the compacted topic keeps it. */
  static GenerationSpec spec(AcceptedRequest accepted) {
    return GenerationSpec.newBuilder()
        .setGeneration(accepted.id().value())
        .setWorkspace(accepted.workspace().value())
        .setVersion(1)
        .setForm(form(accepted.specification(), accepted.shot()))
        .setText(text(accepted.specification()))
        .setAcceptedAt(accepted.acceptedAt())
        .build();
  }

  static String digest(Specification.Words words) {
    return Digest.of(List.of(words.prompt(), words.negativePrompt().orElse("")));
  }
}
