@NullMarked
package dev.dailies.parts;

import org.jspecify.annotations.NullMarked;
