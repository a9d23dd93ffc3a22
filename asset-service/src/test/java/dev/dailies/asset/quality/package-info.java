@NullMarked
package dev.dailies.asset.quality;

import org.jspecify.annotations.NullMarked;
