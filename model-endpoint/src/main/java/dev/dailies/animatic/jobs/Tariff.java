package dev.dailies.animatic.jobs;

import dev.dailies.animatic.journal.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * What clips cost.
 *
 * @param perSecond of clip asked for
 * @param currency ISO 4217
 */
public record Tariff(BigDecimal perSecond, String currency) {
  /** The price of a clip of so many seconds, unless another is dictated. */
  public Money price(String seconds, Optional<BigDecimal> dictated) {
    BigDecimal computed =
        perSecond.multiply(new BigDecimal(seconds)).setScale(6, RoundingMode.HALF_UP);
    return new Money(dictated.orElse(computed), currency);
  }
}
