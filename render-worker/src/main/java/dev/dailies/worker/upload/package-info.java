/** Bytes: inputs from the store to the endpoint, results from the endpoint to the store. */
@NullMarked
package dev.dailies.worker.upload;

import org.jspecify.annotations.NullMarked;
