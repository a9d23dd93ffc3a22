/** What a reviewer sees: shots, their variations, and what other services told of them. */
@NullMarked
package dev.dailies.review.board;

import org.jspecify.annotations.NullMarked;
