/** Takes in the events of other services; each handler may be called twice and in any order. */
@NullMarked
package dev.dailies.review.intake;

import org.jspecify.annotations.NullMarked;
