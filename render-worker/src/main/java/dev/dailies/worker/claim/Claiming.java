package dev.dailies.worker.claim;

/** The part of a worker that takes new jobs. */
public interface Claiming {
  void start();

  /** Takes no more; returns once nothing is being taken. */
  void stop();

  /** Whether jobs are being taken, or would be if there were any. */
  boolean claims();
}
