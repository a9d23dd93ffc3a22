/** Signs of life, by which dispatch knows how much it may release. */
@NullMarked
package dev.dailies.worker.heartbeat;

import org.jspecify.annotations.NullMarked;
