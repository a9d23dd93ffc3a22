@NullMarked
package dev.dailies.edge;

import org.jspecify.annotations.NullMarked;
