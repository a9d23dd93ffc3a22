/** References: uploaded images, videos and sounds that generations start from. */
@NullMarked
package dev.dailies.prompt.reference;

import org.jspecify.annotations.NullMarked;
