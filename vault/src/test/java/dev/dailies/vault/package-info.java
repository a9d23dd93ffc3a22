@NullMarked
package dev.dailies.vault;

import org.jspecify.annotations.NullMarked;
