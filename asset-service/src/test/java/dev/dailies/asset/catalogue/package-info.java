@NullMarked
package dev.dailies.asset.catalogue;

import org.jspecify.annotations.NullMarked;
