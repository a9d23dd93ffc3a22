@NullMarked
package dev.dailies.asset.preview;

import org.jspecify.annotations.NullMarked;
