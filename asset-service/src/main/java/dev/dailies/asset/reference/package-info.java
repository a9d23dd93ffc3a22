/** References: uploaded images, videos and sounds, checked before anything starts from them. */
@NullMarked
package dev.dailies.asset.reference;

import org.jspecify.annotations.NullMarked;
