package dev.dailies.review.moderation;

import dev.dailies.review.board.Take;
import dev.dailies.review.board.Wording;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that there is to judge an asset by.
 *
 * @param asset its id, for the log
 * @param wording prompt, negative prompt, storyboard and dialogue; empty if it never arrived
 * @param metadata width, height, length in milliseconds and whether there is sound, by name
 * @param findings what the technical checks noticed
 * @param frames pictures sampled evenly over the clip
 * @param sound the sound track; empty if there is none
 */
public record Evidence(
    String asset,
    Optional<Wording> wording,
    Map<String, String> metadata,
    List<Take.Finding> findings,
    List<Frame> frames,
    Optional<Soundtrack> sound) {

  public Evidence {
    metadata = Map.copyOf(metadata);
    findings = List.copyOf(findings);
    frames = List.copyOf(frames);
  }
}
