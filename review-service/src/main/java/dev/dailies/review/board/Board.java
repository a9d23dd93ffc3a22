package dev.dailies.review.board;

import java.util.Optional;

/** What is known of shots and their variations, for reading. */
public interface Board {
  /** A shot with all its variations; empty if the workspace has no such shot. */
  Optional<ShotBoard> find(String workspace, String shot);

  /** Shots of a workspace, newest first. */
  Page<ShotLine> list(String workspace, Optional<String> project, Optional<String> after, int most);

  /** An asset whose generation has not been erased. */
  Optional<Take> findTake(String asset);

  /** The same for a caller of that workspace: of another's asset nothing is read. */
  Optional<Take> findTake(String workspace, String asset);

  /** The free text of a generation; empty until it has arrived, and after erasure. */
  Optional<Wording> findWording(String generation);
}
