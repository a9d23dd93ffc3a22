/** The outside witness: what was accepted for money, and what became of it. */
@NullMarked
package dev.dailies.animatic.journal;

import org.jspecify.annotations.NullMarked;
