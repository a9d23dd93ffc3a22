/** The models that can be asked for, as data. */
@NullMarked
package dev.dailies.prompt.catalogue;

import org.jspecify.annotations.NullMarked;
