package dev.dailies.animatic.jobs;

import java.util.Optional;

/**
 * What a client asked for, checked.
 *
 * @param prompt as sent
 * @param frames the length in frames: seconds times rate, rounded
 * @param seconds the length as it was asked for and is charged
 * @param seed the client's, else one that was drawn
 * @param clientReference the client's own name for this request, echoed and listable
 * @param still whether a first picture came with it; it lies beside the job
 * @param traceparent of the request, for logs
 */
public record ClipRequest(
    String prompt,
    Optional<String> negativePrompt,
    String model,
    int width,
    int height,
    int rate,
    int frames,
    String seconds,
    long seed,
    boolean audio,
    Optional<String> clientReference,
    boolean still,
    Optional<String> traceparent) {
  /** {@code WIDTHxHEIGHT}. */
  public String size() {
    return width + "x" + height;
  }
}
