/** The wire: OpenAI's {@code /v1/videos} with the extension fields of vLLM-Omni. */
@NullMarked
package dev.dailies.animatic.server;

import org.jspecify.annotations.NullMarked;
