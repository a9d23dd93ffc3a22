@NullMarked
package dev.dailies.asset;

import org.jspecify.annotations.NullMarked;
