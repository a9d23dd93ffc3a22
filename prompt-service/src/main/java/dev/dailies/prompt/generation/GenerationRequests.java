package dev.dailies.prompt.generation;

import static dev.dailies.prompt.generation.Unreadable.field;

import dev.dailies.contracts.BriefId;
import dev.dailies.contracts.ErrorCode;
import dev.dailies.contracts.ProjectId;
import dev.dailies.contracts.ShotId;
import dev.dailies.contracts.event.Operation;
import dev.dailies.contracts.event.OutputKind;
import dev.dailies.contracts.event.SourceRole;
import dev.dailies.prompt.generation.GenerationRequest.Output;
import dev.dailies.prompt.generation.GenerationRequest.Place;
import dev.dailies.prompt.generation.WantedSource.Input;
import dev.dailies.prompt.library.Codes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Reads one request of the native API: the whole specification. A field that is not known is
 * refused, so that no wish is passed over in silence.
 */
public final class GenerationRequests {
  static final int MOST_VARIATIONS = 16;
  private static final int MOST_SOURCES = 16;
  private static final int LAST_FRAME = 1_000_000;
  private static final Set<String> CODECS = Set.of("h264", "vp9", "av1", "prores");

  /** The names of the fields of a request. */
  public static final Set<String> FIELDS =
      Set.of(
          "operation",
          "model",
          "prompt",
          "negative_prompt",
          "sources",
          "beats",
          "audio",
          "kind",
          "size",
          "seconds",
          "frame_rate",
          "codec",
          "seed",
          "goal",
          "intent",
          "project",
          "brief",
          "brief_row",
          "shot",
          "dimensions",
          "label_profile",
          "retention_class",
          "priority",
          "not_before",
          "deadline",
          "metadata",
          "variations");

  private GenerationRequests() {}

  /** Reads one. */
  public static GenerationRequest read(JsonNode root) throws Unreadable {
    if (!root.isObject()) {
      throw new Unreadable(ErrorCode.INVALID_BODY, "body", "The body must be a JSON object.");
    }
    RequestFields fields = RequestFields.of(root);
    fields.requireOnly(FIELDS);
    SharedFields.Audio audio = SharedFields.audio(fields);
    return new GenerationRequest(
        fields
            .word("operation", Operation.class, Set.of(Operation.UNKNOWN))
            .orElse(Operation.GENERATE),
        SharedFields.words(fields, audio),
        fields.text("model"),
        fields.text("size"),
        fields.number("seconds"),
        fields.whole("seed"),
        audio.mode(),
        sources(fields),
        output(fields),
        place(fields),
        SharedFields.care(fields),
        SharedFields.metadata(fields),
        fields.whole("variations", 1, MOST_VARIATIONS).orElse(1));
  }

  private static List<WantedSource> sources(RequestFields fields) throws Unreadable {
    List<WantedSource> sources = new ArrayList<>();
    for (RequestFields source : fields.objects("sources", MOST_SOURCES)) {
      source.requireOnly(Set.of("id", "role", "first_frame", "last_frame"));
      Optional<Integer> first = source.whole("first_frame", 0, LAST_FRAME);
      Optional<Integer> last = source.whole("last_frame", 0, LAST_FRAME);
      if (first.isPresent() && last.isPresent() && last.get() < first.get()) {
        throw field(source.path() + "last_frame", "must not lie before first_frame");
      }
      sources.add(
          new WantedSource(
              new Input.Known(source.required("id", 64)),
              source
                  .word("role", SourceRole.class, Set.of(SourceRole.UNKNOWN, SourceRole.CAMEO))
                  .orElse(SourceRole.SOURCE),
              first,
              last,
              source.path() + "id"));
    }
    return sources;
  }

  private static Output output(RequestFields fields) throws Unreadable {
    Optional<String> codec = fields.text("codec");
    if (codec.isPresent() && !CODECS.contains(codec.get())) {
      throw field("codec", "must be one of av1, h264, prores, vp9");
    }
    return new Output(
        fields.word("kind", OutputKind.class, Set.of(OutputKind.UNKNOWN)).orElse(OutputKind.VIDEO),
        fields.decimal("frame_rate").map(Number::doubleValue),
        codec);
  }

  static Place place(RequestFields fields) throws Unreadable {
    Map<String, String> dimensions = fields.texts("dimensions", Codes.MOST_DIMENSIONS, 40, 64);
    if (!Codes.areDimensions(dimensions)) {
      throw field("dimensions", "must hold " + Codes.DIMENSIONS_RULE);
    }
    Optional<String> row = fields.text("brief_row", 64).map(String::strip);
    if (row.filter(code -> !Codes.isCode(code)).isPresent()) {
      throw field("brief_row", "must be " + Codes.RULE);
    }
    return new Place(
        fields.id("project", ProjectId::new),
        fields.id("brief", BriefId::new),
        row,
        fields.id("shot", ShotId::new),
        dimensions);
  }
}
