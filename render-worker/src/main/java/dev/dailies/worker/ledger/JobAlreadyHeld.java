package dev.dailies.worker.ledger;

import dev.dailies.worker.endpoint.ProviderJob;

/** Another living render has the job: the endpoint gave out one id twice, or a match was wrong. */
public final class JobAlreadyHeld extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public JobAlreadyHeld(ProviderJob job) {
    super("another render has job " + job.vendorId() + " at " + job.origin());
  }
}
