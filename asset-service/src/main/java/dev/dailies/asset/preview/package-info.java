/** The forms of a video that are made from its master in one pass. */
@NullMarked
package dev.dailies.asset.preview;

import org.jspecify.annotations.NullMarked;
