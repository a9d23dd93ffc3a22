/** Briefs: batches of shots of one project. */
@NullMarked
package dev.dailies.prompt.brief;

import org.jspecify.annotations.NullMarked;
