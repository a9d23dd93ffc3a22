package dev.dailies.worker.endpoint.openai;

import dev.dailies.contracts.FailureKind;
import java.util.List;
import java.util.Optional;

/**
 * How servers of this wire format say that moderation refused: data, since every server has its own
 * way. The first row that matches counts.
 *
 * <p>Source: ENDPOINTS, moderation detector table.
 */
final class RefusalTable {
  /**
   * One way.
   *
   * @param where in the answer to a create, or in a job that failed
   * @param code the error's code, in lower case
   */
  private record Row(Where where, String code, FailureKind kind) {}

  enum Where {
    CREATE,
    JOB
  }

  private static final List<Row> ROWS =
      List.of(
          new Row(Where.CREATE, "content_policy_violation", FailureKind.MODERATION_INPUT),
          new Row(Where.CREATE, "moderation_blocked", FailureKind.MODERATION_INPUT),
          new Row(Where.CREATE, "content_filter", FailureKind.MODERATION_INPUT),
          new Row(Where.JOB, "moderation_blocked", FailureKind.MODERATION_INPUT),
          new Row(Where.JOB, "content_policy_violation", FailureKind.MODERATION_INPUT),
          new Row(Where.JOB, "input_moderation", FailureKind.MODERATION_INPUT),
          new Row(Where.JOB, "content_filter", FailureKind.MODERATION_OUTPUT),
          new Row(Where.JOB, "output_moderation", FailureKind.MODERATION_OUTPUT),
          new Row(Where.JOB, "content_moderated", FailureKind.MODERATION_UNSPECIFIED));

  private RefusalTable() {}

  static Optional<FailureKind> kindOf(Where where, String code) {
    String wanted = code.toLowerCase(java.util.Locale.ROOT);
    return ROWS.stream()
        .filter(row -> row.where() == where && row.code().equals(wanted))
        .map(Row::kind)
        .findFirst();
  }
}
