@NullMarked
package dev.dailies.asset.ingest;

import org.jspecify.annotations.NullMarked;
