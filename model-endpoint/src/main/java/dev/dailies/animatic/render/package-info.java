/** From a clip's specification to an MP4. */
@NullMarked
package dev.dailies.animatic.render;

import org.jspecify.annotations.NullMarked;
