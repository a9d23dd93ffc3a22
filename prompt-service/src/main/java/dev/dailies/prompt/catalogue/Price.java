package dev.dailies.prompt.catalogue;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Optional;

/**
 * What a model costs, and when that holds.
 *
 * @param perSecond amount for one second of video
 * @param currency ISO 4217 code, or a vendor's unit in capitals
 * @param from first day on which it holds
 * @param until first day on which it holds no longer; empty: until further notice
 */
public record Price(
    BigDecimal perSecond, String currency, LocalDate from, Optional<LocalDate> until) {
  public Price {
    if (perSecond.signum() < 0) {
      throw new IllegalArgumentException("a price is not negative");
    }
    if (!currency.matches("[A-Z]{3,10}")) {
      throw new IllegalArgumentException("'" + currency + "' is not a currency in capitals");
    }
    if (until.isPresent() && !until.get().isAfter(from)) {
      throw new IllegalArgumentException("a price ends after it begins");
    }
  }

  /** Whether it holds on that day. */
  public boolean holdsOn(LocalDate day) {
    return !day.isBefore(from) && until.map(day::isBefore).orElse(true);
  }
}
