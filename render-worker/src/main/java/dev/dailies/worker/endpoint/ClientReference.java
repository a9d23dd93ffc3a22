package dev.dailies.worker.endpoint;

import dev.dailies.contracts.RenderId;

/**
 * The name under which we ask for paid work: the render's id. Durable before the first byte leaves,
 * echoed by servers that keep it, so that work can be found again whose answer was lost.
 */
public record ClientReference(String value) {
  public ClientReference {
    if (value.isBlank() || value.length() > 64) {
      throw new IllegalArgumentException("a client reference has 1 to 64 characters");
    }
  }

  /** The reference of a render; a render is submitted at most once, so it needs no other name. */
  public static ClientReference of(RenderId render) {
    return new ClientReference(render.value());
  }
}
