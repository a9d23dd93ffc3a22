package dev.dailies.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * The memory of this process and all its descendants as Linux accounts it: the proportional set
 * size counts a page that n processes share as one n-th for each, so the sum over the processes is
 * what they really take together.
 */
final class ProportionalMemory {
  private static final int NAME_LENGTH = 60;

  private ProportionalMemory() {}

  /** One process, named by what its command line ends in, and its share in bytes. */
  record Share(String name, long bytes) {}

  /** Every process of ours with its share; empty where the system has no such account. */
  static Stream<Share> shares() {
    ProcessHandle self = ProcessHandle.current();
    return Stream.concat(Stream.of(self), self.descendants())
        .map(process -> new Share(name(process.pid()), bytes(process.pid())))
        .filter(share -> share.bytes() > 0);
  }

  /** The sum over all processes, in bytes. */
  static long sum() {
    ProcessHandle self = ProcessHandle.current();
    return LongStream.concat(
            LongStream.of(self.pid()), self.descendants().mapToLong(ProcessHandle::pid))
        .map(ProportionalMemory::bytes)
        .sum();
  }

  private static long bytes(long pid) {
    try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid + "/smaps_rollup"))) {
      return lines
          .filter(line -> line.startsWith("Pss:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
          .findFirst()
          .orElse(0);
    } catch (IOException | UncheckedIOException gone) {
      return 0;
    }
  }

  private static String name(long pid) {
    try {
      String words =
          Files.readString(Path.of("/proc/" + pid + "/cmdline")).replace('\0', ' ').strip();
      int from = Math.max(0, words.length() - NAME_LENGTH);
      return words.substring(from);
    } catch (IOException gone) {
      return "";
    }
  }
}
