/**
 * Everything in one command: starts the parts, the services and one origin in front of them. The
 * builder that {@code ./dailies up} uses is the fixture of the end-to-end tests too.
 */
@NullMarked
package dev.dailies.local;

import org.jspecify.annotations.NullMarked;
