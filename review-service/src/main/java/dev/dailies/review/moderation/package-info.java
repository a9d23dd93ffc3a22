/** Judges what assets show and say, under a versioned policy; people decide what it holds. */
@NullMarked
package dev.dailies.review.moderation;

import org.jspecify.annotations.NullMarked;
