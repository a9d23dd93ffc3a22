package dev.dailies.asset.reference;

import java.time.Instant;
import java.util.Optional;

/**
 * A reference as clients see it.
 *
 * @param state checking, ready or rejected
 * @param finding why it was rejected
 */
record ReferenceFacts(
    String id,
    String state,
    String contentType,
    long size,
    String sha256,
    Optional<String> finding,
    Instant createdAt) {}
