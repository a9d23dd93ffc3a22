package dev.dailies.worker.endpoint;

import java.nio.file.Path;

/**
 * A stored input, fetched ahead of the submit.
 *
 * @param file where it lies on scratch disk
 * @param contentType media type as the store tells it
 * @param role what it is used for: first, last, style, subject and so on
 */
public record InputFile(Path file, String contentType, String role) {}
