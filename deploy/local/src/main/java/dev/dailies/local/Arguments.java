package dev.dailies.local;

import java.nio.file.Path;
import java.util.List;

/**
 * What was asked for on the command line.
 *
 * @param root the source tree, which holds the built services
 * @param command what to do
 * @param port the one origin's port, 0 for any free one
 * @param data the folder that is kept between runs
 * @param workers render-workers to start
 * @param timings whether to measure the start and a first video, and print them
 */
record Arguments(Path root, Command command, int port, Path data, int workers, boolean timings) {
  private static final int DEFAULT_PORT = 8080;
  private static final int MAX_PORT = 65_535;
  private static final int MAX_WORKERS = 8;

  static final String USAGE =
      """
      usage: ./dailies up [--port 8080] [--data DIR] [--workers N] [--timings]
        --port N      port of the one origin on 127.0.0.1 (0: any free one)
        --data DIR    folder that is kept between runs (default: data)
        --workers N   render-workers to start, 1 to 8 (default: 1)
        --timings     print how long the start and a first video took, and how much memory is used\
      """;

  /** What the launcher can do. */
  enum Command {
    /** Run everything until it is told to stop. */
    UP,
    /** Run everything once for the services' AOT caches. */
    TRAIN
  }

  Arguments {
    if (port < 0 || port > MAX_PORT) {
      throw new LaunchFailure("--port must be between 0 and " + MAX_PORT);
    }
    if (workers < 1 || workers > MAX_WORKERS) {
      throw new LaunchFailure("--workers must be between 1 and " + MAX_WORKERS);
    }
  }

  /**
   * Reads the words of the command line: the source tree, the folder it was called from, the
   * command, its options.
   *
   * @throws LaunchFailure that says which word is wrong
   */
  static Arguments parse(List<String> words) {
    if (words.size() < 3) {
      throw new LaunchFailure(USAGE);
    }
    Path root = Path.of(words.getFirst()).toAbsolutePath().normalize();
    Command command =
        switch (words.get(2)) {
          case "up" -> Command.UP;
          case "train" -> Command.TRAIN;
          default -> throw new LaunchFailure(USAGE);
        };
    int port = DEFAULT_PORT;
    Path data = root.resolve("data");
    int workers = 1;
    boolean timings = false;
    for (int i = 3; i < words.size(); i++) {
      String word = words.get(i);
      int equals = word.indexOf('=');
      String option = equals < 0 ? word : word.substring(0, equals);
      if (option.equals("--timings") && equals < 0) {
        timings = true;
        continue;
      }
      if (!List.of("--port", "--data", "--workers").contains(option)) {
        throw new LaunchFailure("unknown option " + word + "\n" + USAGE);
      }
      if (equals < 0 && i + 1 == words.size()) {
        throw new LaunchFailure(option + " needs a value\n" + USAGE);
      }
      String value = equals < 0 ? words.get(++i) : word.substring(equals + 1);
      switch (option) {
        case "--port" -> port = number(option, value);
        case "--workers" -> workers = number(option, value);
        default -> data = Path.of(words.get(1)).resolve(value).normalize();
      }
    }
    return new Arguments(root, command, port, data, workers, timings);
  }

  private static int number(String option, String value) {
    try {
      return Integer.parseInt(value);
    } catch (NumberFormatException e) {
      throw new LaunchFailure(option + " needs a number, not " + value, e);
    }
  }
}
