package dev.dailies.animatic.journal;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * An append-only file of JSON lines, each on the disk before {@link #append} returns. It is the
 * outside witness of what was paid: nothing ever rewrites it, and it outlives the jobs.
 */
public final class Journal implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int NEWLINE = '\n';

  private final Path path;

  /** Not a channel: an interrupt would close that for everybody. */
  private final RandomAccessFile file;

  private final Map<VideoId, JournalEntry.Accepted> open = new LinkedHashMap<>();
  private volatile long written;

  /** Opens the file, which is created, and reads which jobs have not ended. */
  public Journal(Path path) throws IOException {
    Path folder = path.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    this.path = path;
    this.file = new RandomAccessFile(path.toFile(), "rw");
    // A line without its end was being written when the process died: nobody was answered for it.
    this.written = lastLineEnd();
    file.setLength(written);
    file.seek(written);
    Page page = read(0, Integer.MAX_VALUE, line -> true);
    page.lines().forEach(this::replay);
  }

  /** Writes a line; it is durable when this returns. */
  public synchronized void append(JournalEntry entry) {
    byte[] line = (JSON.writeValueAsString(json(entry)) + "\n").getBytes(StandardCharsets.UTF_8);
    try {
      file.seek(written);
      file.write(line);
      file.getFD().sync();
      written = written + line.length;
    } catch (IOException e) {
      throw new UncheckedIOException("the journal cannot be written", e);
    }
    note(entry);
  }

  /** The jobs that were accepted and have not ended, oldest first. */
  public synchronized List<JournalEntry.Accepted> unended() {
    return List.copyOf(open.values());
  }

  /**
   * Lines from a position on, which is 0 or the {@code next} of an earlier page.
   *
   * @param limit the most lines to answer
   */
  public Page read(long from, int limit, Predicate<JsonNode> wanted) throws IOException {
    long end = written;
    if (from < 0 || from > end) {
      return new Page(List.of(), end, false);
    }
    List<JsonNode> lines = new ArrayList<>();
    long position = from;
    try (Lines reader = new Lines(path, from, end)) {
      while (lines.size() < limit) {
        Optional<byte[]> line = reader.next();
        if (line.isEmpty()) {
          break;
        }
        position += line.get().length + 1L;
        JsonNode node = JSON.readTree(line.get());
        if (wanted.test(node)) {
          lines.add(node);
        }
      }
    }
    return new Page(lines, position, position < end);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  /**
   * A piece of the journal.
   *
   * @param next where the next piece begins
   * @param more whether there is one already
   */
  public record Page(List<JsonNode> lines, long next, boolean more) {
    public Page {
      lines = List.copyOf(lines);
    }
  }

  private void note(JournalEntry entry) {
    switch (entry) {
      case JournalEntry.Accepted accepted -> open.put(accepted.id(), accepted);
      case JournalEntry.Ended ended -> open.remove(ended.id());
      case JournalEntry.Rejected rejected -> {}
    }
  }

  private void replay(JsonNode line) {
    Optional<VideoId> id = VideoId.parse(line.path("id").asString(""));
    String type = line.path("type").asString("");
    if (id.isPresent() && type.equals("accepted")) {
      open.put(
          id.get(),
          new JournalEntry.Accepted(
              Instant.parse(line.path("at").asString("")),
              id.get(),
              text(line, "client_reference"),
              line.path("model").asString(""),
              line.path("seconds").asString(""),
              line.path("size").asString(""),
              line.path("seed").asLong(0),
              new Money(
                  new BigDecimal(line.path("price").path("amount").asString("0")),
                  line.path("price").path("currency").asString("")),
              text(line, "operation"),
              text(line, "source"),
              text(line, "traceparent")));
    } else if (id.isPresent() && type.equals("ended")) {
      open.remove(id.get());
    }
  }

  private static Optional<String> text(JsonNode line, String name) {
    return Optional.of(line.path(name).asString("")).filter(text -> !text.isEmpty());
  }

  private static ObjectNode json(JournalEntry entry) {
    ObjectNode line = JSON.createObjectNode();
    line.put("type", entry.getClass().getSimpleName().toLowerCase(Locale.ROOT));
    line.put("at", entry.at().toString());
    switch (entry) {
      case JournalEntry.Accepted accepted -> {
        line.put("id", accepted.id().value());
        accepted.clientReference().ifPresent(name -> line.put("client_reference", name));
        line.put("model", accepted.model());
        line.put("seconds", accepted.seconds());
        line.put("size", accepted.size());
        line.put("seed", accepted.seed());
        line.set("price", json(accepted.price()));
        accepted.operation().ifPresent(name -> line.put("operation", name));
        accepted.source().ifPresent(id -> line.put("source", id));
        accepted.traceparent().ifPresent(trace -> line.put("traceparent", trace));
      }
      case JournalEntry.Rejected rejected -> {
        rejected.clientReference().ifPresent(name -> line.put("client_reference", name));
        line.put("status", rejected.status());
        line.put("code", rejected.code());
      }
      case JournalEntry.Ended ended -> {
        line.put("id", ended.id().value());
        ended.clientReference().ifPresent(name -> line.put("client_reference", name));
        line.put("outcome", ended.outcome().name().toLowerCase(Locale.ROOT));
        ended.code().ifPresent(code -> line.put("code", code));
        line.set("billed", json(ended.billed()));
      }
    }
    return line;
  }

  private static ObjectNode json(Money money) {
    ObjectNode node = JSON.createObjectNode();
    node.put("amount", money.amount().toPlainString());
    node.put("currency", money.currency());
    return node;
  }

  private long lastLineEnd() throws IOException {
    long end = file.length();
    for (; end > 0; end--) {
      file.seek(end - 1);
      if (file.read() == NEWLINE) {
        break;
      }
    }
    return end;
  }

  /** Reads the lines between two positions. */
  private static final class Lines implements AutoCloseable {
    private final InputStream in;
    private long left;

    Lines(Path path, long from, long end) throws IOException {
      FileInputStream stream = new FileInputStream(path.toFile());
      stream.skipNBytes(from);
      this.in = new BufferedInputStream(stream, 64 * 1024);
      this.left = end - from;
    }

    Optional<byte[]> next() throws IOException {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      while (left > 0) {
        int b = in.read();
        left--;
        if (b == NEWLINE) {
          return Optional.of(line.toByteArray());
        }
        line.write(b);
      }
      return Optional.empty();
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
