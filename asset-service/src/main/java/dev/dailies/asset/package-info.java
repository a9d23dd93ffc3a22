/** The asset-service: keeps, checks, labels and delivers the media. */
@NullMarked
package dev.dailies.asset;

import org.jspecify.annotations.NullMarked;
