package dev.dailies.animatic.jobs;

import dev.dailies.animatic.journal.VideoId;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The jobs, in memory for reading and one folder each on disk: {@code job.json}, which is replaced
 * as a whole, the clip and what is derived from it. A job is visible once it is published, which is
 * after the journal knows it.
 */
public final class JobStore {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String STATE = "job.json";

  private final Path folder;
  private final ConcurrentNavigableMap<VideoId, Job> jobs = new ConcurrentSkipListMap<>();

  /** Over a folder, which is created; reads nothing yet. */
  public JobStore(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
  }

  /** The job, if it is known. */
  public Optional<Job> find(VideoId id) {
    return Optional.ofNullable(jobs.get(id));
  }

  /** All known jobs, oldest first. */
  public List<Job> all() {
    return List.copyOf(jobs.values());
  }

  /** Where a job's files lie. */
  public JobFiles files(VideoId id) {
    return new JobFiles(folder.resolve(id.value()));
  }

  /** Writes a job down without showing it to anybody. */
  void write(Job job) {
    try {
      Path home = Files.createDirectories(folder.resolve(job.id().value()));
      Path fresh = home.resolve(STATE + ".new");
      // Not a channel: the interrupt that cancels a job must not tear its last state.
      try (FileOutputStream file = new FileOutputStream(fresh.toFile())) {
        file.write(JSON.writeValueAsBytes(job));
        file.getFD().sync();
      }
      Files.move(fresh, home.resolve(STATE), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("job " + job.id() + " cannot be written", e);
    }
  }

  /** Shows a job that is written down already. */
  void publish(Job job) {
    jobs.put(job.id(), job);
  }

  /** Moves a job to its next state, durably; nothing happens to a job that is gone. */
  Optional<Job> move(VideoId id, UnaryOperator<Job> step) {
    return Optional.ofNullable(
        jobs.computeIfPresent(
            id,
            (key, job) -> {
              Job next = step.apply(job);
              write(next);
              return next;
            }));
  }

  /** Notes progress; that is not worth a write. */
  void progress(VideoId id, int percent) {
    jobs.computeIfPresent(id, (key, job) -> job.progress() < percent ? job.at(percent) : job);
  }

  /** Forgets a job and its files; says whether it was known. */
  boolean delete(VideoId id) {
    boolean known = jobs.remove(id) != null;
    try {
      erase(folder.resolve(id.value()));
    } catch (IOException e) {
      throw new UncheckedIOException("job " + id + " cannot be deleted", e);
    }
    return known;
  }

  /** Reads what lies on disk, oldest first; a folder without a readable state is erased. */
  List<Job> readAll() throws IOException {
    List<Job> found = new ArrayList<>();
    try (Stream<Path> folders = Files.list(folder)) {
      for (Path home : folders.sorted().toList()) {
        try {
          found.add(JSON.readValue(Files.readAllBytes(home.resolve(STATE)), Job.class));
        } catch (IOException | JacksonException e) {
          // Killed before its first state was written: nobody was told of it.
          erase(home);
        }
      }
    }
    return found;
  }

  private static void erase(Path home) throws IOException {
    if (!Files.exists(home)) {
      return;
    }
    try (Stream<Path> files = Files.walk(home)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
