package dev.dailies.worker.ledger;

import dev.dailies.contracts.WorkerId;

/**
 * Whose writes the ledger takes: those of the worker that holds the render, under the token of its
 * own taking. Each change of hands makes a larger token, so what a stalled worker writes after it
 * was relieved changes nothing.
 */
public record Fence(WorkerId owner, long token) {}
