/** Who changed what: written with each change, read by owners. */
@NullMarked
package dev.dailies.prompt.audit;

import org.jspecify.annotations.NullMarked;
