/** What dispatch and people want of this worker and its renders. */
@NullMarked
package dev.dailies.worker.control;

import org.jspecify.annotations.NullMarked;
