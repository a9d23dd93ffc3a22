/** Claims renders, submits each at most once, follows it and stores the result. */
@NullMarked
package dev.dailies.worker;

import org.jspecify.annotations.NullMarked;
