package dev.dailies.asset.reference;

import dev.dailies.contracts.ReferenceId;
import dev.dailies.contracts.WorkspaceId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Resumable uploads: how far each is, and where its pieces lie. */
interface Uploads {
  /**
   * One of them.
   *
   * @param length bytes in all
   * @param stored bytes that are durable
   * @param finished whether its reference stands; told until it expires, to clients that missed it
   */
  record Upload(
      String id,
      WorkspaceId workspace,
      ReferenceId reference,
      long length,
      long stored,
      boolean finished,
      Instant expiresAt) {
    boolean whole() {
      return stored == length;
    }
  }

  Upload create(WorkspaceId workspace, long length, Duration validity);

  /** Empty if unknown, of another workspace, ended or expired. */
  Optional<Upload> find(WorkspaceId workspace, String id);

  /** Compare-and-set on the offset; false if somebody else was faster, or it has ended. */
  boolean append(Upload upload, long bytes, String key);

  /** How many pieces it has. */
  int count(String id);

  /** Keys of its pieces, in order. */
  List<String> pieces(String id);

  /** Its pieces may be swept. */
  void end(String id);

  /**
   * Those that have ended or expired, while something of them may still lie in the store. Nothing
   * is added to them any more.
   */
  List<Dead> dead(int most);

  /** One whose pieces are of no use. */
  record Dead(String id, WorkspaceId workspace) {}

  /** Takes note that nothing of it lies in the store. */
  void swept(String id);

  /** Lets its sweeping wait, since it failed. */
  void postpone(String id, Duration wait);
}
