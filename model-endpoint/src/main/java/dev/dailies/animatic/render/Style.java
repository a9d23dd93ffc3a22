package dev.dailies.animatic.render;

import dev.dailies.contracts.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * What prompt and seed decide about a scene: colours, where things stand, how they move, in which
 * key it sounds. Equal prompt and seed give an equal style, on any machine.
 */
record Style(
    String skyHigh,
    String skyMiddle,
    String skyLow,
    String disc,
    String far,
    String near,
    double discX,
    double discY,
    double drift,
    double farPhase,
    double nearPhase,
    int farWaves,
    int nearWaves,
    boolean leftward,
    int noiseSeed,
    double note,
    double beat) {

  /** A minor pentatonic above A2, so that no two notes quarrel. */
  private static final int[] STEPS = {0, 3, 5, 7, 10, 12, 15};

  static Style of(String prompt, long seed) {
    SplittableRandom random = new SplittableRandom(digest(prompt, seed));
    double hue = random.nextDouble();
    double turn = 0.06 + 0.12 * random.nextDouble();
    return new Style(
        colour(hue, 0.65, 0.35 + 0.25 * random.nextDouble()),
        colour(hue + turn, 0.55, 0.75),
        colour(hue + 2 * turn, 0.32, 0.95),
        colour(hue + 3 * turn, 0.18, 1.0),
        colour(hue - 0.05, 0.45, 0.38),
        colour(hue - 0.08, 0.50, 0.18),
        0.15 + 0.4 * random.nextDouble(),
        0.08 + 0.2 * random.nextDouble(),
        0.1 + 0.2 * random.nextDouble(),
        6.28 * random.nextDouble(),
        6.28 * random.nextDouble(),
        random.nextInt(1, 3),
        random.nextInt(1, 4),
        random.nextBoolean(),
        random.nextInt(1, 1_000_000),
        110 * Math.pow(2, STEPS[random.nextInt(STEPS.length)] / 12.0),
        0.2 + 0.05 * random.nextInt(6));
  }

  private static long digest(String prompt, long seed) {
    MessageDigest sha = Sha256.begin();
    sha.update(prompt.getBytes(StandardCharsets.UTF_8));
    sha.update(ByteBuffer.allocate(Long.BYTES).putLong(seed).array());
    return ByteBuffer.wrap(sha.digest()).getLong();
  }

  /** Hue, saturation and brightness, each 0…1, as ffmpeg writes a colour. */
  private static String colour(double hue, double saturation, double brightness) {
    double h = (hue - Math.floor(hue)) * 6;
    int[] rgb = new int[3];
    for (int i = 0; i < 3; i++) {
      double k = (5 - 2 * i + h) % 6;
      double part = Math.clamp(Math.min(k, 4 - k), 0, 1);
      rgb[i] = (int) Math.round(255 * brightness * (1 - saturation * part));
    }
    return String.format(Locale.ROOT, "0x%02x%02x%02x", rgb[0], rgb[1], rgb[2]);
  }
}
