/** Drives what this worker holds, from its claim to its end. */
@NullMarked
package dev.dailies.worker.flow;

import org.jspecify.annotations.NullMarked;
