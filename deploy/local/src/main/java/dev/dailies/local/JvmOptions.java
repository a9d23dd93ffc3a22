package dev.dailies.local;

import java.util.List;
import java.util.Map;

/**
 * How a service's Java is told to be small and quick to start: one machine carries all of them. The
 * AOT cache is valid only for the collector and the object layout it was trained with, so training
 * and use share these words.
 */
record JvmOptions(int heapMegabytes) {

  List<String> words() {
    return List.of(
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseCompactObjectHeaders",
        "-Xms24m",
        "-Xmx" + heapMegabytes + "m",
        // Gives memory back after a busy time.
        "-XX:MinHeapFreeRatio=20",
        "-XX:MaxHeapFreeRatio=40",
        "-XX:ReservedCodeCacheSize=64m",
        "-Xss512k",
        "-XX:+ExitOnOutOfMemoryError",
        // Netty-free services need none of it; silences the JDK's notes on native access.
        "--enable-native-access=ALL-UNNAMED",
        "-Dspring.jmx.enabled=false");
  }

  /** Few malloc arenas: glibc would make eight per core, each with its own unused rest. */
  static Map<String, String> environment() {
    return Map.of("MALLOC_ARENA_MAX", "2");
  }
}
