package dev.dailies.media;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One run of ffmpeg, described: inputs, filters, outputs and limits. Immutable; each verb answers a
 * new command, and their order is the order of the arguments.
 *
 * <pre>{@code
 * FfmpegResult result = FfmpegCommand.create()
 *     .input(master)
 *     .arguments("-vf", "scale=-2:360", "-c:v", "libopenh264", "-c:a", "aac")
 *     .output(proxy, "-movflags", "+faststart")
 *     .limit(Duration.ofMinutes(2))
 *     .run();
 * }</pre>
 *
 * <p>What arrives from outside is hostile until shown otherwise. An input is a local file or a
 * pipe, never an address: other protocols are not even known to the run, containers that name other
 * files (playlists, concat scripts, image sequences) are not among the formats tried, and arguments
 * are never seen by a shell. The run ends after {@link #limit} at the latest, writes no file larger
 * than {@link #fileLimit}, and, where the machine has {@code prlimit} and {@code bwrap}, cannot use
 * more memory and processor time than set and has no network and no writable file but its outputs'
 * folders.
 */
public final class FfmpegCommand {
  /** Containers that hold their media in themselves. */
  public static final String SELF_CONTAINED_FORMATS =
      "mov,matroska,avi,mpegts,wav,mp3,flac,ogg,aac,png_pipe,jpeg_pipe,webp_pipe,gif";

  /** A frame of 8192 by 8192: what claims more is not decoded, also where nothing bounds memory. */
  static final String MOST_PIXELS = String.valueOf(8192L * 8192);

  private static final Duration DEFAULT_LIMIT = Duration.ofMinutes(5);
  private static final long DEFAULT_FILE_LIMIT = 16L << 30;

  private final List<String> arguments;
  private final List<Path> readable;
  private final List<Path> writable;
  private final boolean inputPiped;
  private final boolean outputPiped;
  private final Duration limit;
  private final long fileLimit;
  private final int niceness;
  private final Optional<Integer> threads;

  private FfmpegCommand(
      List<String> arguments,
      List<Path> readable,
      List<Path> writable,
      boolean inputPiped,
      boolean outputPiped,
      Duration limit,
      long fileLimit,
      int niceness,
      Optional<Integer> threads) {
    this.arguments = List.copyOf(arguments);
    this.readable = List.copyOf(readable);
    this.writable = List.copyOf(writable);
    this.inputPiped = inputPiped;
    this.outputPiped = outputPiped;
    this.limit = limit;
    this.fileLimit = fileLimit;
    this.niceness = niceness;
    this.threads = threads;
  }

  /** Nothing yet; limits are five minutes and 16 GiB per file. */
  public static FfmpegCommand create() {
    return new FfmpegCommand(
        List.of(),
        List.of(),
        List.of(),
        false,
        false,
        DEFAULT_LIMIT,
        DEFAULT_FILE_LIMIT,
        0,
        Optional.empty());
  }

  /** Reads a file; options such as {@code "-ss", "1.5"} go before it. */
  public FfmpegCommand input(Path file, String... options) {
    List<String> more = new ArrayList<>(List.of(options));
    more.addAll(guards("file,pipe"));
    more.addAll(List.of("-i", address(file)));
    return with(more, appended(readable, file), writable, inputPiped, outputPiped);
  }

  /**
   * Reads what is written to {@link FfmpegProcess#input}. A pipe cannot be sought: an MP4 must be
   * faststart. Options such as {@code "-f", "rawvideo"} go before it.
   */
  public FfmpegCommand inputPipe(String... options) {
    List<String> more = new ArrayList<>(List.of(options));
    boolean named = more.contains("-f");
    more.addAll(named ? List.of("-protocol_whitelist", "pipe") : guards("pipe"));
    more.addAll(List.of("-i", "pipe:0"));
    return with(more, readable, writable, true, outputPiped);
  }

  /** Arguments as they are, e.g. filters and encoders. Never text from outside in a filter. */
  public FfmpegCommand arguments(String... more) {
    return with(List.of(more), readable, writable, inputPiped, outputPiped);
  }

  /** Arguments as they are. */
  public FfmpegCommand arguments(List<String> more) {
    return with(more, readable, writable, inputPiped, outputPiped);
  }

  /** A file that a filter reads (a font, a text); makes it visible to the run, adds no argument. */
  public FfmpegCommand reading(Path file) {
    return with(List.of(), appended(readable, file), writable, inputPiped, outputPiped);
  }

  /** Writes a file, over what is there; options go before it. */
  public FfmpegCommand output(Path file, String... options) {
    List<String> more = new ArrayList<>(List.of(options));
    more.addAll(List.of("-y", address(file)));
    return with(more, readable, appended(writable, file), inputPiped, outputPiped);
  }

  /** Writes to {@link FfmpegProcess#output}; the options must name a format with {@code -f}. */
  public FfmpegCommand outputPipe(String... options) {
    List<String> more = new ArrayList<>(List.of(options));
    more.add("pipe:1");
    return with(more, readable, writable, inputPiped, true);
  }

  /**
   * Has the run tell how far it is, ten times a second, as lines of {@code key=value} on {@link
   * FfmpegProcess#output}, e.g. {@code frame=12}. Only for runs that write to files.
   */
  public FfmpegCommand reportingProgress() {
    return with(
        List.of("-progress", "pipe:1", "-stats_period", "0.1"),
        readable,
        writable,
        inputPiped,
        true);
  }

  /** The wall-clock limit, after which the run is killed. */
  public FfmpegCommand limit(Duration wallClock) {
    if (!wallClock.isPositive()) {
      throw new IllegalArgumentException("a limit is positive: " + wallClock);
    }
    return new FfmpegCommand(
        arguments,
        readable,
        writable,
        inputPiped,
        outputPiped,
        wallClock,
        fileLimit,
        niceness,
        threads);
  }

  /** The most bytes one output file may have; enforced where {@code prlimit} is there. */
  public FfmpegCommand fileLimit(long bytes) {
    return new FfmpegCommand(
        arguments, readable, writable, inputPiped, outputPiped, limit, bytes, niceness, threads);
  }

  /** How far the run steps back behind others for the processor: 0 (not at all) to 19. */
  public FfmpegCommand nice(int level) {
    return new FfmpegCommand(
        arguments, readable, writable, inputPiped, outputPiped, limit, fileLimit, level, threads);
  }

  /** How many threads filters, decoders and encoders use each; one makes the output repeatable. */
  public FfmpegCommand threads(int count) {
    return new FfmpegCommand(
        arguments,
        readable,
        writable,
        inputPiped,
        outputPiped,
        limit,
        fileLimit,
        niceness,
        Optional.of(count));
  }

  /**
   * A value as it must stand in a filter description, whatever it holds: once for the option, once
   * for the description (see "Notes on filtergraph escaping" in ffmpeg-filters).
   */
  public static String filterValue(String value) {
    return value.replaceAll("([\\\\':])", "\\\\$1").replaceAll("([\\\\'\\[\\],;])", "\\\\$1");
  }

  /** Starts the run. The caller closes the process, which kills it if it still runs. */
  public FfmpegProcess start() throws IOException {
    MediaPrograms programs = MediaPrograms.shared();
    List<String> line = new ArrayList<>();
    line.add(programs.ffmpeg().toString());
    line.addAll(List.of("-hide_banner", "-nostdin", "-nostats", "-loglevel", "warning"));
    threads.ifPresent(
        n -> line.addAll(List.of("-filter_threads", "" + n, "-filter_complex_threads", "" + n)));
    line.addAll(threads.isPresent() ? withThreads(threads.get()) : arguments);
    List<String> confined =
        Confinement.of(limit, fileLimit, niceness).around(line, readable, writable);
    return FfmpegProcess.start(confined, programs.environment(), inputPiped, outputPiped, limit);
  }

  /** Runs it to its end. Only for commands without pipes. */
  public FfmpegResult run() throws IOException, InterruptedException {
    if (inputPiped || outputPiped) {
      throw new IllegalStateException("a run with pipes is started, and its pipes served");
    }
    try (FfmpegProcess process = start()) {
      return process.await();
    }
  }

  /** Threads are an option of each input and output, so they stand before every one of them. */
  private List<String> withThreads(int count) {
    List<String> line = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      boolean opensInput = argument.equals("-i");
      boolean opensOutput =
          argument.equals("-y")
              || (argument.equals("pipe:1")
                  && !line.isEmpty()
                  && !line.getLast().equals("-progress"));
      if (opensInput || opensOutput) {
        line.addAll(List.of("-threads", "" + count));
      }
      line.add(argument);
    }
    return line;
  }

  private static List<String> guards(String protocols) {
    return List.of(
        "-protocol_whitelist",
        protocols,
        "-format_whitelist",
        SELF_CONTAINED_FORMATS,
        "-max_pixels",
        MOST_PIXELS);
  }

  /** With its protocol spelled out, a name with a colon or a leading dash stays a file's name. */
  static String address(Path file) {
    return "file:" + file.toAbsolutePath().normalize();
  }

  private FfmpegCommand with(
      List<String> more,
      List<Path> nowReadable,
      List<Path> nowWritable,
      boolean nowInputPiped,
      boolean nowOutputPiped) {
    List<String> line = new ArrayList<>(arguments);
    line.addAll(more);
    return new FfmpegCommand(
        line,
        nowReadable,
        nowWritable,
        nowInputPiped,
        nowOutputPiped,
        limit,
        fileLimit,
        niceness,
        threads);
  }

  private static List<Path> appended(List<Path> paths, Path path) {
    List<Path> all = new ArrayList<>(paths);
    all.add(path.toAbsolutePath().normalize());
    return all;
  }
}
