package dev.dailies.animatic.jobs;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * What a client asked for, checked.
 *
 * @param prompt as sent
 * @param frames the length in frames: seconds times rate, rounded
 * @param seconds the whole length
 * @param seed the client's, else one that was drawn
 * @param clientReference the client's own name for this request, echoed and listable
 * @param still whether a first picture came with it; it lies beside the job
 * @param origin the other clip that it is made of
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
    Optional<Origin> origin,
    Optional<String> traceparent) {
  /** {@code WIDTHxHEIGHT}. */
  public String size() {
    return width + "x" + height;
  }

  /** The seconds that are charged: those of an extension that were there before are paid. */
  public String made() {
    int lead = origin.map(Origin::lead).orElse(0);
    return lead == 0
        ? seconds
        : BigDecimal.valueOf((long) frames - lead)
            .divide(BigDecimal.valueOf(rate), 3, RoundingMode.HALF_UP)
            .stripTrailingZeros()
            .toPlainString();
  }
}
