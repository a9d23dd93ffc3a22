package dev.dailies.worker.endpoint;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * An amount of money.
 *
 * @param amount in units of the currency, six decimal places
 * @param currency ISO 4217, or the vendor's unit in capitals where no currency is billed
 */
public record Charge(BigDecimal amount, String currency) {
  private static final int SCALE = 6;

  public Charge {
    if (amount.signum() < 0) {
      throw new IllegalArgumentException("a charge is not negative");
    }
    amount = amount.setScale(SCALE, RoundingMode.HALF_UP);
  }

  /** Reads {@code 0.10 USD}. */
  public static Charge parse(String text) {
    int space = text.indexOf(' ');
    if (!text.matches("[0-9]{1,12}([.][0-9]{1,6})? [A-Z]{3,12}")) {
      throw new IllegalArgumentException("a price is written '0.10 USD', not '" + text + "'");
    }
    return new Charge(new BigDecimal(text.substring(0, space)), text.substring(space + 1));
  }
}
