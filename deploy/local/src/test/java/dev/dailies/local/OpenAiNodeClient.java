package dev.dailies.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The npm client {@code openai} and the scripts that use it, installed once. */
final class OpenAiNodeClient {
  private static final Path SCRIPTS = Path.of("src/test/clients");
  private static @Nullable Path installed;

  private OpenAiNodeClient() {}

  /** Runs a script to its end and returns what it printed. */
  static String run(String script, String... arguments) throws Exception {
    return output(start(script, arguments));
  }

  static Process start(String script, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("node", script));
    command.addAll(List.of(arguments));
    return process(folder(), command);
  }

  static String output(Process process) throws Exception {
    String output;
    try (var out = process.getInputStream()) {
      output = new String(out.readAllBytes(), StandardCharsets.UTF_8);
    }
    if (process.waitFor() != 0) {
      throw new IOException(process.info() + " failed: " + output);
    }
    return output;
  }

  private static synchronized Path folder() throws Exception {
    Path known = installed;
    if (known != null) {
      return known;
    }
    Path folder = Files.createDirectories(Path.of("target/clients"));
    for (String file : List.of("package.json", "package-lock.json", "openai.mjs", "once.mjs")) {
      Files.copy(SCRIPTS.resolve(file), folder.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    }
    output(
        process(
            folder,
            List.of(
                "npm", "ci", "--no-audit", "--no-fund", "--prefer-offline", "--loglevel=error")));
    installed = folder;
    return folder;
  }

  private static Process process(Path folder, List<String> command) throws IOException {
    return new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
  }
}
