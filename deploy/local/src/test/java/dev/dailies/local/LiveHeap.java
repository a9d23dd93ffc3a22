package dev.dailies.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a process really holds: its heap after a collection, by the JDK's own tool. */
final class LiveHeap {
  private static final Pattern USED = Pattern.compile("(?:total \\d+K, )used (\\d+)K");

  private LiveHeap() {}

  static long bytes(ServiceProcess process) {
    String pid = process.pid().orElseThrow().toString();
    jcmd(pid, "GC.run");
    return USED.matcher(jcmd(pid, "GC.heap_info"))
            .results()
            .map(MatchResult::group)
            .filter(line -> line.startsWith("total"))
            .map(line -> line.replaceAll(".*used (\\d+)K", "$1"))
            .mapToLong(Long::parseLong)
            .limit(2)
            .sum()
        << 10;
  }

  private static String jcmd(String... arguments) {
    try {
      Process jcmd =
          new ProcessBuilder(
                  Stream.concat(
                          Stream.of(
                              Path.of(System.getProperty("java.home"), "bin", "jcmd").toString()),
                          Stream.of(arguments))
                      .toList())
              .redirectErrorStream(true)
              .start();
      return new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
