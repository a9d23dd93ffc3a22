/**
 * What every HTTP surface of Dailies has at its edge: who calls, whether they may, and how a
 * refusal looks.
 */
@NullMarked
package dev.dailies.edge;

import org.jspecify.annotations.NullMarked;
