@NullMarked
package dev.dailies.animatic;

import org.jspecify.annotations.NullMarked;
