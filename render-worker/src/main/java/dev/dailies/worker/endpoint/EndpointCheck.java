package dev.dailies.worker.endpoint;

/** Whether a submit would work now. */
public sealed interface EndpointCheck {
  record Up() implements EndpointCheck {}

  /**
   * It would not.
   *
   * @param reason as a code
   */
  record Down(String reason) implements EndpointCheck {}
}
