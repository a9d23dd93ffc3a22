package dev.dailies.asset.ingest;

import dev.dailies.asset.quality.Expectation;
import dev.dailies.contracts.AssetId;
import dev.dailies.contracts.GenerationId;
import dev.dailies.contracts.RenderId;
import dev.dailies.contracts.ShotId;
import dev.dailies.contracts.WorkspaceId;
import dev.dailies.contracts.event.StoredObject;
import java.time.Instant;
import java.util.Optional;

/**
 * A result to be taken in, as {@code RenderCompleted} told it.
 *
 * @param master the file; empty if the render gave none
 */
public record IngestOrder(
    AssetId asset,
    WorkspaceId workspace,
    GenerationId generation,
    RenderId render,
    int attempt,
    ShotId shot,
    Optional<Master> master,
    Expectation expected,
    Maker maker) {

  /** The file as the worker stored it, with the media type that the endpoint told. */
  public record Master(StoredObject object, String contentType) {}

  /**
   * Who made it.
   *
   * @param model the model as users know it
   * @param endpointModel the model as the endpoint names it
   */
  public record Maker(
      String model,
      String endpointModel,
      Optional<String> modelVersion,
      String endpoint,
      Optional<Long> seed,
      String labelProfile,
      Instant renderedAt) {}
}
