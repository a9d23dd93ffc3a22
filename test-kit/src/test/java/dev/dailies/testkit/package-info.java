@NullMarked
package dev.dailies.testkit;

import org.jspecify.annotations.NullMarked;
