/** What happens to generations, told to watchers as it happens, over server-sent events. */
@NullMarked
package dev.dailies.prompt.feed;

import org.jspecify.annotations.NullMarked;
