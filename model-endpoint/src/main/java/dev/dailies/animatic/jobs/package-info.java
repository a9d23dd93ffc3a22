/**
 * Accepted requests and their life: a bounded queue, slots, and a folder that survives restarts.
 */
@NullMarked
package dev.dailies.animatic.jobs;

import org.jspecify.annotations.NullMarked;
