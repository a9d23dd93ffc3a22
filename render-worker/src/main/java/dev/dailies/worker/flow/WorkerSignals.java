package dev.dailies.worker.flow;

/**
 * What happens here that another thread waits for.
 *
 * @param slotFreed a slot of some endpoint is free, or a claimed render may need one
 * @param room there may be room for more jobs
 * @param changed what the heartbeat says has changed
 */
public record WorkerSignals(Signal slotFreed, Signal room, Signal changed) {
  public static WorkerSignals create() {
    return new WorkerSignals(new Signal(), new Signal(), new Signal());
  }

  /** A slot has become free here. */
  public void freed() {
    slotFreed.give();
    room.give();
  }
}
