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
  PROMPT("prompt-service", "DAILIES_PROMPT_", Optional.of("prompt"), 192, false),
  WORKER("render-worker", "DAILIES_WORKER_", Optional.of("render"), 192, true),
  ASSET("asset-service", "DAILIES_ASSET_", Optional.of("asset"), 192, true),
  REVIEW("review-service", "DAILIES_REVIEW_", Optional.of("review"), 160, false),
  ANIMATIC("model-endpoint", "DAILIES_ANIMATIC_", Optional.empty(), 128, false);

  private final String module;
  private final String prefix;
  private final Optional<String> database;
  private final int heapMegabytes;
  private final boolean hashes;

  Service(
      String module, String prefix, Optional<String> database, int heapMegabytes, boolean hashes) {
    this.module = module;
    this.prefix = prefix;
    this.database = database;
    this.heapMegabytes = heapMegabytes;
    this.hashes = hashes;
  }

  /** The Maven module, which is also the name that people see. */
  public String module() {
    return module;
  }

  /** The name of an environment variable that is this service's alone. */
  String variable(String name) {
    return prefix + name;
  }

  /** The service's own database; the animatic endpoint keeps files only. */
  Optional<String> database() {
    return database;
  }

  /** The heap's upper bound in MiB: what a day of local use needs, with room. */
  int heapMegabytes() {
    return heapMegabytes;
  }

  /** Whether all media pass through it, and a digest of them is taken. */
  boolean hashes() {
    return hashes;
  }

  /** The executable jar that the build leaves in the source tree. */
  Path jar(Path root) {
    return root.resolve(module).resolve("target").resolve(module + "-0.1.0-SNAPSHOT-app.jar");
  }
}
