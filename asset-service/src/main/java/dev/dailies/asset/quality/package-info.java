/** Technical checks: is the file what was asked for, and does it play? */
@NullMarked
package dev.dailies.asset.quality;

import org.jspecify.annotations.NullMarked;
