@NullMarked
package dev.dailies.media;

import org.jspecify.annotations.NullMarked;
