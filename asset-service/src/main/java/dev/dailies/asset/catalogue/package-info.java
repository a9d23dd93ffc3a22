/** What is known of every asset. */
@NullMarked
package dev.dailies.asset.catalogue;

import org.jspecify.annotations.NullMarked;
