package dev.dailies.prompt.generation;

import dev.dailies.contracts.event.Cost;
import dev.dailies.contracts.event.CostBasis;
import dev.dailies.contracts.event.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** An amount of money and how it is known. Six decimal places, as events and database keep it. */
public record Spent(BigDecimal amount, String currency, CostBasis basis) {
  private static final int SCALE = 6;

  public Spent {
    amount = amount.setScale(SCALE, RoundingMode.HALF_UP);
  }

  public static Spent of(Cost cost) {
    return new Spent(cost.getMoney().getAmount(), cost.getMoney().getCurrency(), cost.getBasis());
  }

  /** The amount alone. */
  public Money money() {
    return new Money(amount, currency);
  }
}
