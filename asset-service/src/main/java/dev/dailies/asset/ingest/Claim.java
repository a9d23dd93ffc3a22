package dev.dailies.asset.ingest;

import java.util.UUID;

/**
 * An order held under a lease. The token is what the database compares before it lets anything be
 * settled: whoever lost the lease can't.
 *
 * @param times how often the order has been claimed without being settled or postponed; a high
 *     number means that it kills whoever works at it
 */
public record Claim(IngestOrder order, UUID token, int times) {}
