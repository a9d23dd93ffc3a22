package dev.dailies.local;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A kind of process that Dailies consists of, and what the launcher must know to start one.
 *
 * <p>Each is built as {@code <module>/target/<module>-<version>-app.jar}, listens on the port named
 * by its port variable, and, where it has state, owns one database that nobody else reads.
 */
public enum Service {
  PROMPT("prompt-service", "DAILIES_PROMPT_PORT", Optional.of("prompt"), 192),
  WORKER("render-worker", "DAILIES_WORKER_PORT", Optional.of("render"), 192),
  ASSET("asset-service", "DAILIES_ASSET_PORT", Optional.of("asset"), 192),
  REVIEW("review-service", "DAILIES_REVIEW_PORT", Optional.of("review"), 160),
  ANIMATIC("model-endpoint", "DAILIES_ANIMATIC_PORT", Optional.empty(), 128);

  private final String module;
  private final String portVariable;
  private final Optional<String> database;
  private final int heapMegabytes;

  Service(String module, String portVariable, Optional<String> database, int heapMegabytes) {
    this.module = module;
    this.portVariable = portVariable;
    this.database = database;
    this.heapMegabytes = heapMegabytes;
  }

  /** The Maven module, which is also the name that people see. */
  public String module() {
    return module;
  }

  String portVariable() {
    return portVariable;
  }

  /** The service's own database; the animatic endpoint keeps files only. */
  Optional<String> database() {
    return database;
  }

  /** The heap's upper bound in MiB: what a day of local use needs, with room. */
  int heapMegabytes() {
    return heapMegabytes;
  }

  /** The executable jar that the build leaves in the source tree. */
  Path jar(Path root) {
    return root.resolve(module).resolve("target").resolve(module + "-0.1.0-SNAPSHOT-app.jar");
  }
}
