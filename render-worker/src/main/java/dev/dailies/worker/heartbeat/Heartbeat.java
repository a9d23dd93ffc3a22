package dev.dailies.worker.heartbeat;

/** Tells the others that this worker lives. */
public interface Heartbeat {
  void start();

  /** Gives a last sign, that it claims no more, and stops. */
  void stop();
}
