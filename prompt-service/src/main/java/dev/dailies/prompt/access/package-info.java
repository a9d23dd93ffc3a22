/** Workspaces, keys and the principals they stand for. */
@NullMarked
package dev.dailies.prompt.access;

import org.jspecify.annotations.NullMarked;
