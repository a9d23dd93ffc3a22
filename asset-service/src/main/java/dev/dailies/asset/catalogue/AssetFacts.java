package dev.dailies.asset.catalogue;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an asset, as {@code /api/assets} tells it. What does not apply is left out.
 *
 * @param id the asset
 * @param state waiting, ready, rejected or surplus; erased, once its generation is
 * @param waitingFor why an ingest is put off
 * @param takenInstead for surplus: the asset that is the generation's result
 * @param viewable whether it may be seen
 * @param prompt the text it was made from, until that is erased
 * @param maker who made it
 * @param label how it is marked
 * @param media what it is
 * @param sprite geometry of the sprite sheet
 * @param findings what the technical checks found
 * @param moderation what moderation said last
 * @param objects its forms
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AssetFacts(
    String id,
    String generation,
    String render,
    int attempt,
    String shot,
    String state,
    @Nullable String waitingFor,
    @Nullable String takenInstead,
    boolean viewable,
    Instant notedAt,
    @Nullable Instant endedAt,
    @Nullable String prompt,
    Maker maker,
    @Nullable Label label,
    @JsonRawValue @Nullable String media,
    @JsonRawValue @Nullable String sprite,
    @JsonRawValue String findings,
    @Nullable Moderation moderation,
    List<Form> objects) {
  /** Who made it. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Maker(
      String model,
      String endpointModel,
      @Nullable String modelVersion,
      String endpoint,
      @Nullable Long seed,
      Instant renderedAt) {}

  /** How everything that is handed out is marked. */
  public record Label(String text, String digitalSourceType, String profile) {}

  /** What moderation said last. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Moderation(
      String outcome,
      long decision,
      @Nullable String policyVersion,
      @JsonRawValue String signals,
      @JsonRawValue String reasons) {}

  /** One stored form. */
  public record Form(
      String variant,
      String contentType,
      String store,
      String bucket,
      String key,
      long size,
      String sha256) {}
}
