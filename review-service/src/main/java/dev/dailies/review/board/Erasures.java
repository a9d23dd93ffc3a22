package dev.dailies.review.board;

/**
 * Generations whose text and media were removed on demand. Their ids are kept, so that whatever
 * arrives late is not kept again.
 */
public interface Erasures {
  /**
   * Whether a generation was erased. Holds off its erasure until the calling transaction ends, for
   * erasure and late arrivals come by different topics, perhaps to different processes.
   */
  boolean erased(String generation);

  /** Removes what is kept of a generation, for good, whatever arrives later. */
  void erase(String generation, String workspace);

  /** Says on {@code review.events.v1}, once, that nothing is kept any more. */
  void confirm(String generation, String workspace);
}
