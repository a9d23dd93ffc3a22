/** Accepts requests for video, holds them while they must wait, and dispatches renders. */
@NullMarked
package dev.dailies.prompt;

import org.jspecify.annotations.NullMarked;
