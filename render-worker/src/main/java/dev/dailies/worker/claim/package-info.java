/** Takes jobs from the pool's queue into the ledger. */
@NullMarked
package dev.dailies.worker.claim;

import org.jspecify.annotations.NullMarked;
