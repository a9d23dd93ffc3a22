package dev.dailies.review.moderation;

/**
 * Something that can judge an asset: a list, a classifier, a service. It is given all that there is
 * to judge by and reports what it noticed; what follows from that is the policy's business.
 *
 * <p>Implementations are safe for use by many threads, end in bounded time and answer {@link
 * Judgement.Unavailable} rather than throw for anything that may pass.
 */
public interface ModerationProvider {
  /** The name by which the policy calls it and by which its signals are marked. */
  String name();

  /** Looks at the evidence. */
  Judgement judge(Evidence evidence);
}
