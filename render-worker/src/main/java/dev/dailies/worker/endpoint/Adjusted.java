package dev.dailies.worker.endpoint;

/**
 * A difference between what was asked and what is done.
 *
 * @param field length, size, audio, seed
 * @param asked as asked
 * @param done as done
 * @param reason why, as a code
 */
public record Adjusted(String field, String asked, String done, String reason) {}
