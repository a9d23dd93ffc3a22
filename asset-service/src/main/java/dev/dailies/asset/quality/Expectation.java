package dev.dailies.asset.quality;

import java.time.Duration;
import java.util.Optional;

/**
 * What the file should be: the form that the endpoint said it would make, which may differ from
 * what was asked where the worker adjusted it.
 *
 * @param length zero if nothing is expected
 * @param frameRate frames a second, if the request named one
 */
public record Expectation(
    int width, int height, Duration length, Optional<Double> frameRate, Sound sound) {
  /** What is expected of the sound. */
  public enum Sound {
    /** There must be some. */
    WANTED,
    /** There should be none. */
    UNWANTED,
    /** As the model likes. */
    EITHER
  }
}
