/**
 * Fixtures for tests against the real thing: broker, database and store of the JVM, faults on the
 * way to them, and the architecture's rules. Test scope only.
 */
@NullMarked
package dev.dailies.testkit;

import org.jspecify.annotations.NullMarked;
