package dev.dailies.worker.flow;

import dev.dailies.worker.endpoint.SubmitOutcome;
import dev.dailies.worker.ledger.Ending;

/** Counts what happens to renders. */
public interface RenderTally {
  void claimed(int count);

  void submitted(String endpoint, SubmitOutcome outcome);

  void ended(Ending ending);

  void parked();

  void takenOver(int count);

  /** Let go of without an end: somebody else has it. */
  void lost();

  void handedOver();

  void stepFailed(String step);
}
