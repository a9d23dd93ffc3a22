package dev.dailies.asset.provenance;

import dev.dailies.contracts.AssetId;
import dev.dailies.contracts.GenerationId;
import java.time.Instant;
import java.util.Optional;

/**
 * Where an asset comes from, as its marking tells. No free text: a marking can't be erased from
 * copies that were handed out.
 *
 * @param model the model as users know it
 * @param modelVersion its version, where the endpoint told
 * @param renderedAt when the endpoint's result was stored
 */
public record Provenance(
    AssetId asset,
    GenerationId generation,
    String model,
    Optional<String> modelVersion,
    Instant renderedAt) {}
