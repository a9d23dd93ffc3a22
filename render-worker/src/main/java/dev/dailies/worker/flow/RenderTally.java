package dev.dailies.worker.flow;

import dev.dailies.worker.endpoint.SubmitOutcome;
import dev.dailies.worker.ledger.Ending;

/** Counts what happens to renders. */
public interface RenderTally {
  void claimed(int count);

  /** Jobs that came again. */
  void repeated(int count);

  /** A job that could not be read. */
  void jobParked(String reason);

  void submitted(String endpoint, SubmitOutcome outcome);

  void ended(Ending ending);

  void parked();

  void takenOver(int count);

  /** Let go of without an end: somebody else has it. */
  void lost();

  void handedOver();

  void stepFailed(String state);
}
