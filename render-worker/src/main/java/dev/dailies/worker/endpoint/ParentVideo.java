package dev.dailies.worker.endpoint;

import java.time.Duration;
import java.util.Optional;

/**
 * The video that another one is made of.
 *
 * @param id its id at this endpoint; empty: it is among the inputs
 * @param length its length, where that is known
 */
public record ParentVideo(Optional<String> id, Optional<Duration> length) {}
