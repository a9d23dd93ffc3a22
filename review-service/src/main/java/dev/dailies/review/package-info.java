/** The review service: automatic moderation first, then people, who judge, choose and say why. */
@NullMarked
package dev.dailies.review;

import org.jspecify.annotations.NullMarked;
