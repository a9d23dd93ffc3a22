package dev.dailies.local;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How a service's Java is told to be small and quick to start: one machine carries all of them. The
 * AOT cache is valid only for the collector and the object layout it was trained with, and one
 * trained with the quick compiler keeps the full one from its best (seen on 25.0.3), so training
 * and use share these words.
 *
 * @param heapMegabytes the heap's upper bound
 * @param optimized compiled to the fullest where it is very hot: only that compiler knows the
 *     processor's instructions for SHA-256, which make a digest twelve times as fast
 * @param temporary the folder for temporary files
 */
record JvmOptions(int heapMegabytes, boolean optimized, Path temporary) {

  /** Ten times the usual: a start is not the time to optimize. */
  private static final List<String> LATE_OPTIMIZING =
      List.of(
          "-XX:Tier4InvocationThreshold=50000",
          "-XX:Tier4MinInvocationThreshold=6000",
          "-XX:Tier4CompileThreshold=150000",
          "-XX:Tier4BackEdgeThreshold=400000");

  List<String> words() {
    List<String> words = new ArrayList<>(common());
    words.addAll(optimized ? LATE_OPTIMIZING : List.of("-XX:TieredStopAtLevel=1"));
    return words;
  }

  private List<String> common() {
    return List.of(
        "-XX:+UseSerialGC",
        "-XX:+UseCompactObjectHeaders",
        "-Xms24m",
        "-Xmx" + heapMegabytes + "m",
        // Gives memory back after a busy time.
        "-XX:MinHeapFreeRatio=20",
        "-XX:MaxHeapFreeRatio=40",
        "-XX:ReservedCodeCacheSize=64m",
        "-Xss512k",
        "-XX:+ExitOnOutOfMemoryError",
        "--enable-native-access=ALL-UNNAMED",
        // Nothing is left outside the data folder, not even by a process that is killed.
        "-Djava.io.tmpdir=" + temporary,
        "-XX:-UsePerfData",
        "-Dspring.jmx.enabled=false");
  }

  /** Few malloc arenas: glibc would make eight per core, each with its own unused rest. */
  static Map<String, String> environment() {
    return Map.of("MALLOC_ARENA_MAX", "2");
  }
}
