/** Uploaded inputs: what a generation may start from. */
@NullMarked
package dev.dailies.prompt.reference;

import org.jspecify.annotations.NullMarked;
