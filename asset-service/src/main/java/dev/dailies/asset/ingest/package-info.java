/** Takes the results of renders in: verified, checked, labelled, stored, and one per generation. */
@NullMarked
package dev.dailies.asset.ingest;

import org.jspecify.annotations.NullMarked;
