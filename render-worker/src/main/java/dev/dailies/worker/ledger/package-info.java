/** What is known about every render, durably; shared by all workers of a pool. */
@NullMarked
package dev.dailies.worker.ledger;

import org.jspecify.annotations.NullMarked;
