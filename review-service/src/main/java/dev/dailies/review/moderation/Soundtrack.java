package dev.dailies.review.moderation;

import java.nio.file.Path;
import java.time.Duration;

/**
 * The sound of a clip as a WAV file (16 bit, one channel), in scratch space that lives as long as
 * the judging of its asset.
 *
 * @param wav the file
 * @param sampleRate samples a second
 * @param length of what was taken
 * @param peak the loudest sample, 0 to 1 of full scale
 * @param loudness root mean square, 0 to 1 of full scale
 */
public record Soundtrack(Path wav, int sampleRate, Duration length, double peak, double loudness) {}
