package dev.dailies.worker.ledger;

/** Which ends a render can come to from where it stands; what is not here does not exist. */
final class Transitions {
  private Transitions() {}

  static void requireLegal(RenderState from, RenderState to) {
    boolean legal =
        switch (from) {
          case CLAIMED, SUBMITTING ->
              to == RenderState.FAILED || to == RenderState.RELEASED || to == RenderState.CANCELLED;
          case SUBMITTED -> to == RenderState.FAILED || to == RenderState.CANCELLED;
          case RENDERED -> to == RenderState.COMPLETED || to == RenderState.FAILED;
          case PARKED, COMPLETED, FAILED, RELEASED, CANCELLED -> false;
        };
    if (!legal) {
      throw new IllegalStateException("no render goes from " + from + " to " + to);
    }
  }
}
