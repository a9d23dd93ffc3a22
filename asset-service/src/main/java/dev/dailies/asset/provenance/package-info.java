/** Marks what is handed out as made by AI. */
@NullMarked
package dev.dailies.asset.provenance;

import org.jspecify.annotations.NullMarked;
