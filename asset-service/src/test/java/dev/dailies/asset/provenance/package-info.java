@NullMarked
package dev.dailies.asset.provenance;

import org.jspecify.annotations.NullMarked;
