/** Many requests in one: read as they come, answered as they are decided. */
@NullMarked
package dev.dailies.prompt.batch;

import org.jspecify.annotations.NullMarked;
