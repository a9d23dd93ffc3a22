package dev.dailies.worker.endpoint;

/**
 * Whether the caller may still send. Asked again for every piece of a request's body, so that a
 * process which was stopped for longer than its lease does not wake up and send what another worker
 * has meanwhile decided was never sent.
 */
@FunctionalInterface
public interface SendPermit {
  boolean holds();
}
