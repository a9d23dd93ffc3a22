/** What work is filed under: projects and shots, and where new work may be placed. */
@NullMarked
package dev.dailies.prompt.library;

import org.jspecify.annotations.NullMarked;
