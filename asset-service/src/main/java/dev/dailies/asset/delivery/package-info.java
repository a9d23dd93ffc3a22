/** Who may see a video, and handing it out. */
@NullMarked
package dev.dailies.asset.delivery;

import org.jspecify.annotations.NullMarked;
