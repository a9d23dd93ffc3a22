/**
 * The animatic endpoint: a real model server that speaks OpenAI's {@code /v1/videos} and renders
 * clips on a processor.
 */
@NullMarked
package dev.dailies.animatic;

import org.jspecify.annotations.NullMarked;
