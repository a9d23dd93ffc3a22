/** Erasure: the media of a generation leave the store, also those that come late. */
@NullMarked
package dev.dailies.asset.erasure;

import org.jspecify.annotations.NullMarked;
