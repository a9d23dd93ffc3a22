package dev.dailies.worker.endpoint;

import java.util.Optional;

/**
 * What goes along with a submit.
 *
 * @param reference the name under which the work can be found again
 * @param permit asked before each piece of the body leaves
 * @param traceParent W3C trace context to pass on
 */
public record SubmitContext(
    ClientReference reference, SendPermit permit, Optional<String> traceParent) {}
