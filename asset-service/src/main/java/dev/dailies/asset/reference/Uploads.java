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
   */
  record Upload(
      String id,
      WorkspaceId workspace,
      ReferenceId reference,
      long length,
      long stored,
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

  /** Keys of its pieces, in order. */
  List<String> pieces(String id);

  /** Its pieces may be swept. */
  void end(String id);

  /** Those that have ended or expired. */
  List<String> dead(int most);

  void forget(String id);
}
