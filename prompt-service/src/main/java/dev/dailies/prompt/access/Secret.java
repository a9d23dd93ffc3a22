package dev.dailies.prompt.access;

import dev.dailies.contracts.Sha256;
import java.security.SecureRandom;

/**
 * The secret of a key, as it is shown once: {@code dk_<prefix>_<random>}. The prefix says which key
 * it is and helps scanners to recognise a leaked one; 43 characters of 62 hold 256 bits.
 *
 * @param prefix what is kept in the clear
 * @param sha256 all else that is kept
 */
record Secret(String text, String prefix, String sha256) {
  private static final String ALPHABET =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final int PREFIX_LENGTH = 8;
  private static final int RANDOM_LENGTH = 43;
  private static final SecureRandom RANDOM = new SecureRandom();

  static Secret mint() {
    String prefix = "dk_" + random(PREFIX_LENGTH);
    String text = prefix + "_" + random(RANDOM_LENGTH);
    return new Secret(text, prefix, Sha256.hex(text));
  }

  private static String random(int length) {
    return RANDOM
        .ints(length, 0, ALPHABET.length())
        .collect(
            StringBuilder::new,
            (text, at) -> text.append(ALPHABET.charAt(at)),
            StringBuilder::append)
        .toString();
  }

  /** Never by accident into a log. */
  @Override
  public String toString() {
    return prefix + "_…";
  }
}
