/** Who may start now: one dispatcher per pool, against the slots that live. */
@NullMarked
package dev.dailies.prompt.dispatch;

import org.jspecify.annotations.NullMarked;
