package dev.dailies.contracts;

import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/**
 * The shape of minted ids: a prefix that names the kind, then 26 characters of Crockford's base 32
 * (lower case) that hold 48 bits of milliseconds and 80 random bits, as a ULID does. Ids therefore
 * sort by time of birth, hold only letters, digits and {@code _}, and cannot be guessed.
 */
final class Ids {
  private static final char[] ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz".toCharArray();
  private static final Pattern BODY = Pattern.compile("[0-7][0-9a-hjkmnp-tv-z]{25}");
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final AtomicLong LAST_MILLIS = new AtomicLong();

  private Ids() {}

  static String mint(String prefix) {
    long millis = LAST_MILLIS.accumulateAndGet(System.currentTimeMillis(), Math::max);
    byte[] random = new byte[10];
    RANDOM.nextBytes(random);
    StringBuilder id = new StringBuilder(prefix);
    for (int shift = 45; shift >= 0; shift -= 5) {
      id.append(ALPHABET[(int) (millis >>> shift) & 31]);
    }
    long buffer = 0;
    int bits = 0;
    for (byte b : random) {
      buffer = buffer << 8 | (b & 0xff);
      bits += 8;
      while (bits >= 5) {
        bits -= 5;
        id.append(ALPHABET[(int) (buffer >>> bits) & 31]);
      }
    }
    return id.toString();
  }

  static void require(String prefix, String value) {
    if (!value.startsWith(prefix) || !BODY.matcher(value.substring(prefix.length())).matches()) {
      throw new IllegalArgumentException(
          "expected an id that begins with '" + prefix + "' and holds 26 characters after it");
    }
  }
}
