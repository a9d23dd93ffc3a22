package dev.dailies.worker.ledger;

import dev.dailies.worker.endpoint.Adjusted;
import dev.dailies.worker.endpoint.Charge;
import dev.dailies.worker.endpoint.FrameSize;
import dev.dailies.worker.endpoint.Plan;
import dev.dailies.worker.endpoint.Sound;
import java.util.List;
import java.util.Optional;

/**
 * What was submitted, without free text: kept in the ledger, since the registry may have changed by
 * the time the result is there.
 */
public record SubmittedPlan(
    int width,
    int height,
    long lengthMillis,
    Sound sound,
    List<Adjusted> adjustments,
    Optional<Charge> estimate) {
  public SubmittedPlan {
    adjustments = List.copyOf(adjustments);
  }

  public static SubmittedPlan of(Plan plan) {
    FrameSize size = plan.effective().size();
    return new SubmittedPlan(
        size.width(),
        size.height(),
        plan.effective().length().toMillis(),
        plan.effective().sound(),
        plan.adjustments(),
        plan.estimate());
  }
}
