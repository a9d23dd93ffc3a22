/** The wire format that OpenAI's Videos API left behind, as self-hosted servers speak it. */
@NullMarked
package dev.dailies.worker.endpoint.openai;

import org.jspecify.annotations.NullMarked;
