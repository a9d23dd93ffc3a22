package dev.dailies.prompt.generation;

import dev.dailies.contracts.GenerationId;
import dev.dailies.contracts.Pool;
import dev.dailies.contracts.RenderId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Where attempts and what was told of them are kept, inside the caller's transaction. */
public interface RenderStore {
  /**
   * An attempt as dispatch minted it.
   *
   * @param reason why it is made
   */
  record Minted(
      RenderId id,
      GenerationId generation,
      Pool pool,
      int attempt,
      String endpointModel,
      String reason,
      Instant at) {}

  /** Adds an attempt; the database refuses a second undecided one. */
  void mint(Minted minted);

  /** Every attempt of a generation, in order. */
  List<Render> of(GenerationId generation);

  /** Adds what was told, and says what that changed; empty if the attempt is not one of ours. */
  Optional<RenderChange> note(RenderNews news);
}
