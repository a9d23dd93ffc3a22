package dev.dailies.animatic.journal;

import java.math.BigDecimal;

/**
 * An amount in a currency.
 *
 * @param currency ISO 4217
 */
public record Money(BigDecimal amount, String currency) {
  public Money {
    if (amount.signum() < 0) {
      throw new IllegalArgumentException("a price is not negative: " + amount);
    }
    amount = amount.stripTrailingZeros();
    if (amount.scale() < 2) {
      amount = amount.setScale(2);
    }
  }

  /** Nothing, in the same currency. */
  public Money none() {
    return new Money(BigDecimal.ZERO, currency);
  }
}
