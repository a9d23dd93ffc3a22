@NullMarked
package dev.dailies.asset.delivery;

import org.jspecify.annotations.NullMarked;
