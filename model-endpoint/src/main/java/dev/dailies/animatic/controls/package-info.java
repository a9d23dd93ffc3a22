/** Misbehaviour on demand, for tests; off unless a start option allows it. */
@NullMarked
package dev.dailies.animatic.controls;

import org.jspecify.annotations.NullMarked;
