package dev.dailies.prompt.generation;

import dev.dailies.contracts.Billing;
import dev.dailies.contracts.FailureKind;
import dev.dailies.contracts.Retry;
import dev.dailies.contracts.event.CostBasis;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How values stand in columns. */
final class JdbcColumns {
  private JdbcColumns() {}

  /** A time as the driver takes it. */
  static OffsetDateTime utc(Instant time) {
    return time.atOffset(ZoneOffset.UTC);
  }

  /** A time that may be missing, as the driver takes it. */
  static @Nullable OffsetDateTime utc(Optional<Instant> time) {
    return time.map(JdbcColumns::utc).orElse(null);
  }

  static Optional<Instant> time(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
        .map(OffsetDateTime::toInstant);
  }

  static Optional<String> text(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getString(column));
  }

  static Optional<FailureFacts> failure(ResultSet row) throws SQLException {
    Optional<String> kind = text(row, "failure_kind");
    if (kind.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new FailureFacts(
            FailureFacts.named(FailureKind.class, kind.get(), FailureKind.UNKNOWN),
            FailureFacts.named(Retry.class, row.getString("failure_retry"), Retry.UNKNOWN),
            FailureFacts.named(Billing.class, row.getString("failure_billing"), Billing.UNKNOWN),
            row.getString("failure_code"),
            text(row, "failure_vendor")));
  }

  static Optional<Spent> cost(ResultSet row) throws SQLException {
    BigDecimal amount = row.getBigDecimal("cost_amount");
    return amount == null
        ? Optional.empty()
        : Optional.of(
            new Spent(
                amount,
                row.getString("cost_currency"),
                FailureFacts.named(
                    CostBasis.class, row.getString("cost_basis"), CostBasis.UNKNOWN)));
  }
}
