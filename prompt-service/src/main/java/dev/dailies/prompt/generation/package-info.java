/** Generations: accepted, followed through their renders, and brought to one end. */
@NullMarked
package dev.dailies.prompt.generation;

import org.jspecify.annotations.NullMarked;
