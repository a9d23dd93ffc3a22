@NullMarked
package dev.dailies.asset.reference;

import org.jspecify.annotations.NullMarked;
