/** Which variation of a shot goes on. */
@NullMarked
package dev.dailies.review.selection;

import org.jspecify.annotations.NullMarked;
