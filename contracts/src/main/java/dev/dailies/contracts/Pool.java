package dev.dailies.contracts;

import java.util.regex.Pattern;

/**
 * The name of a pool: workers and endpoints that can run the same models at one site. It becomes
 * part of a topic name and of a share group, hence the narrow alphabet.
 */
public record Pool(String value) {
  private static final Pattern SHAPE = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");

  public Pool {
    if (!SHAPE.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "a pool is named by 1 to 40 of a-z, 0-9 and '-', not '" + value + "'");
    }
  }

  public static Pool of(String value) {
    return new Pool(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
