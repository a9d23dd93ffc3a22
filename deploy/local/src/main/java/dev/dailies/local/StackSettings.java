package dev.dailies.local;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How a {@link LocalStack} is to be.
 *
 * @param root the source tree, in whose {@code target} folders the built services are
 * @param data the folder that is kept between runs
 * @param port the one origin's port, 0 for any free one
 * @param workers render-workers
 * @param environment further variables per service
 * @param checkpoints the folder of named steps at which a process stops, for kill tests
 * @param animaticControls whether the animatic endpoint may be told to misbehave
 * @param restart what becomes of a process that dies
 * @param training whether the JVMs record AOT caches of this run
 * @param grace how long a process may take to end
 * @param console where a person is told what happens
 */
public record StackSettings(
    Path root,
    Path data,
    int port,
    int workers,
    Map<Service, Map<String, String>> environment,
    Optional<Path> checkpoints,
    boolean animaticControls,
    Restart restart,
    boolean training,
    Duration grace,
    Console console) {

  Map<String, String> environment(Service service) {
    return environment.getOrDefault(service, Map.of());
  }

  /** The source tree around the working directory: the nearest folder with the script. */
  static Path sourceTree() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.isExecutable(folder.resolve("dailies"))) {
      Path parent = folder.getParent();
      if (parent == null) {
        return Path.of("").toAbsolutePath();
      }
      folder = parent;
    }
    return folder;
  }

  /** The description of a stack; what is not said is as for {@code ./dailies up}, but quiet. */
  public static final class Builder {
    private static final Duration GRACE = Duration.ofSeconds(10);

    private Path root = sourceTree();
    private Optional<Path> data = Optional.empty();
    private int port;
    private int workers = 1;
    private final Map<Service, Map<String, String>> environment = new EnumMap<>(Service.class);
    private Optional<Path> checkpoints = Optional.empty();
    private boolean animaticControls;
    private Restart restart = Restart.ALWAYS;
    private boolean training;
    private Duration grace = GRACE;
    private Console console = Console.silent();

    Builder() {}

    /** The source tree; by default the one around the working directory. */
    public Builder root(Path folder) {
      root = folder;
      return this;
    }

    /** The data folder; by default {@code data} in the source tree. */
    public Builder data(Path folder) {
      data = Optional.of(folder);
      return this;
    }

    /** The one origin's port; by default any free one. */
    public Builder port(int number) {
      port = number;
      return this;
    }

    /** How many render-workers run side by side; by default one. */
    public Builder workers(int number) {
      workers = number;
      return this;
    }

    /** A further environment variable of a service. */
    public Builder environment(Service service, String name, String value) {
      environment.computeIfAbsent(service, any -> new LinkedHashMap<>()).put(name, value);
      return this;
    }

    /** Processes stop at the steps that are armed in this folder. */
    public Builder checkpoints(Path folder) {
      checkpoints = Optional.of(folder);
      return this;
    }

    /** The animatic endpoint may be told to be slow, to refuse, to crash. */
    public Builder animaticControls() {
      animaticControls = true;
      return this;
    }

    /** What becomes of a process that dies; by default it is started again. */
    public Builder restart(Restart policy) {
      restart = policy;
      return this;
    }

    /** Where events are told; by default nowhere. */
    public Builder console(Console terminal) {
      console = terminal;
      return this;
    }

    /** The JVMs record this run for later ones, which takes them a while at their end. */
    Builder training(Duration patience) {
      training = true;
      grace = patience;
      return this;
    }

    /**
     * Takes the data folder and the port; nothing runs yet.
     *
     * @throws LaunchFailure if one of them is taken, or a service is not built
     */
    public LocalStack build() {
      return new LocalStack(
          new StackSettings(
              root,
              data.orElse(root.resolve("data")),
              port,
              workers,
              environment,
              checkpoints,
              animaticControls,
              restart,
              training,
              grace,
              console));
    }
  }
}
