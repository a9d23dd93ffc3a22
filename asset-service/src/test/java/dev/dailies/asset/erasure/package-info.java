@NullMarked
package dev.dailies.asset.erasure;

import org.jspecify.annotations.NullMarked;
