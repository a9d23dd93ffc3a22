package dev.dailies.review.moderation;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * A moderation task under a lease.
 *
 * @param asset what is to be judged
 * @param workspace its owner
 * @param generation what it came from
 * @param lease the fencing token: a decision without it changes nothing
 * @param age since it was requested, by the database's clock
 * @param attempts claims so far, this one included
 * @param failures attempts so far that a provider, or reading the media, failed
 * @param cause {@code ce_id} of the event that requested it
 * @param trace {@code traceparent} under which it was requested
 */
public record ClaimedTask(
    String asset,
    String workspace,
    String generation,
    UUID lease,
    Duration age,
    int attempts,
    int failures,
    Optional<String> cause,
    Optional<String> trace) {}
