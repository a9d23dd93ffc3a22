package dev.dailies.prompt.generation;

import dev.dailies.contracts.ErrorCode;
import dev.dailies.contracts.Sha256;
import dev.dailies.edge.Principal;
import dev.dailies.edge.RefusalException;
import dev.dailies.vault.VideoHeader;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.multipart.MultipartHttpServletRequest;
import tools.jackson.databind.JsonNode;

/** Takes a request's body and headers apart, in bounded memory. */
final class HttpRequestBody {
  private static final int LONGEST_KEY = 255;
  private static final int SMALL = 64 << 10;
  private static final long PATIENCE_SECONDS = 20;

  /** What a picture sent as text takes on its way through the heap, several times over. */
  private static final long ONE_AT_WORK = 200L << 20;

  /** Bodies beyond {@link #SMALL} are taken apart a few at a time, on small heaps one by one. */
  private static final Semaphore LARGE =
      new Semaphore((int) Math.max(1, Runtime.getRuntime().maxMemory() / ONE_AT_WORK), true);

  /**
   * Mebibytes of forms whose fields may all be in the heap at once: Tomcat makes strings of them as
   * it takes the form apart. What is larger than fields can be is mostly a file, and that is on
   * disk; whose length is not told counts as a few.
   */
  private static final Semaphore FORMS =
      new Semaphore((int) Math.max(32, Runtime.getRuntime().maxMemory() / 5 >> 20));

  private static final int LARGEST_FIELDS = 30;
  private static final int UNTOLD = 4;

  private final int most;
  private final Clock clock;

  HttpRequestBody(GenerationProperties properties, Clock clock) {
    this.most = (int) properties.largestBody().toBytes();
    this.clock = clock;
  }

  /** Fields, and the file that came with them. */
  record Parts(JsonNode fields, Optional<Upload> file) {}

  /** What is made of a body. */
  @FunctionalInterface
  interface Use<T> {
    T apply(byte[] body) throws Unreadable;
  }

  /** Reads the body whole and lets it be used. */
  <T> T read(HttpServletRequest request, Use<T> use) throws IOException, Unreadable {
    InputStream body = request.getInputStream();
    byte[] start = body.readNBytes(Math.min(SMALL, most) + 1);
    if (start.length <= Math.min(SMALL, most)) {
      return use.apply(start);
    }
    if (request.getContentLengthLong() > most) {
      throw tooLarge();
    }
    // On disk first: a slow sender keeps nobody else waiting.
    Path spooled = Files.createTempFile("body-", null);
    try {
      spool(start, body, spooled);
      await(LARGE, 1);
      try {
        return use.apply(Files.readAllBytes(spooled));
      } finally {
        LARGE.release();
      }
    } finally {
      Files.delete(spooled);
    }
  }

  private void spool(byte[] start, InputStream body, Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      out.write(start);
      byte[] buffer = new byte[SMALL];
      long size = start.length;
      for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
        size += read;
        if (size > most) {
          throw tooLarge();
        }
        out.write(buffer, 0, read);
      }
    }
  }

  private static void await(Semaphore room, int share) {
    try {
      if (room.tryAcquire(share, PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new RefusalException(
            ErrorCode.RATE_LIMIT_EXCEEDED, "Too many large bodies at once; nothing was accepted.")
        .header("Retry-After", "2");
  }

  private RefusalException tooLarge() {
    return new RefusalException(
        ErrorCode.TOO_LARGE, "At most " + most + " bytes of JSON are taken.");
  }

  /** What is made of a form. */
  @FunctionalInterface
  interface FormUse<T> {
    T apply(Parts parts) throws Unreadable;
  }

  /**
   * Takes a form apart and lets it be used.
   *
   * @param name under which a file is taken; empty: none is
   */
  <T> T form(MultipartHttpServletRequest request, Optional<String> name, FormUse<T> use)
      throws IOException, Unreadable {
    int share = share(request.getContentLengthLong());
    if (share == 0) {
      return room(request, name, use);
    }
    await(FORMS, share);
    try {
      return room(request, name, use);
    } finally {
      FORMS.release(share);
    }
  }

  private static int share(long length) {
    long mebibytes = length >> 20;
    return mebibytes > LARGEST_FIELDS || length < 0 ? UNTOLD : (int) mebibytes;
  }

  private <T> T room(MultipartHttpServletRequest request, Optional<String> name, FormUse<T> use)
      throws IOException, Unreadable {
    long size =
        request.getParameterMap().values().stream()
            .flatMap(Arrays::stream)
            .mapToLong(String::length)
            .sum();
    if (size <= SMALL) {
      return use.apply(parts(request, name));
    }
    await(LARGE, 1);
    try {
      return use.apply(parts(request, name));
    } finally {
      LARGE.release();
    }
  }

  private Parts parts(MultipartHttpServletRequest request, Optional<String> name)
      throws IOException, Unreadable {
    for (Map.Entry<String, List<MultipartFile>> part : request.getMultiFileMap().entrySet()) {
      if (!name.equals(Optional.of(part.getKey()))) {
        throw Unreadable.field(
            part.getKey(),
            "takes no file"
                + name.map(known -> "; a file is taken as " + known + " only").orElse(""));
      }
      if (part.getValue().size() != 1) {
        throw Unreadable.field(part.getKey(), "was sent " + part.getValue().size() + " times");
      }
    }
    Map<String, List<String>> fields =
        request.getParameterMap().entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, e -> Arrays.asList(e.getValue())));
    JsonNode root = VideoRequests.form(fields);
    MultipartFile file = name.isEmpty() ? null : request.getFile(name.get());
    return file == null
        ? new Parts(root, Optional.empty())
        : new Parts(root, Optional.of(upload(file.getName(), file)));
  }

  private static Upload upload(String name, MultipartFile file) throws IOException, Unreadable {
    if (file.isEmpty()) {
      throw Unreadable.field(name, "holds nothing");
    }
    MessageDigest sha = Sha256.begin();
    byte[] buffer = new byte[1 << 16];
    try (InputStream content = file.getInputStream()) {
      for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
        sha.update(buffer, 0, read);
      }
    }
    String type = file.getContentType();
    return new Upload(
        type == null ? "application/octet-stream" : type,
        file.getSize(),
        Sha256.hex(sha),
        file::getInputStream,
        name.equals("video") ? film(file) : Optional.empty());
  }

  private static Optional<VideoHeader> film(MultipartFile file) throws IOException {
    try (InputStream content = file.getInputStream()) {
      return VideoHeader.of(content);
    }
  }

  /** How the request can be known again; asked before its body is read. */
  Repetition repetition(HttpServletRequest request, Principal principal) {
    String key = request.getHeader("Idempotency-Key");
    if (key != null) {
      boolean printable = key.chars().allMatch(c -> c > ' ' && c < 127);
      if (key.isEmpty() || key.length() > LONGEST_KEY || !printable) {
        throw new RefusalException(
                ErrorCode.INVALID_REQUEST,
                "An Idempotency-Key holds 1 to " + LONGEST_KEY + " visible ASCII characters.")
            .param("Idempotency-Key");
      }
      return new Repetition.Key(key);
    }
    String tries = request.getHeader("X-Stainless-Retry-Count");
    return tries != null && tries.matches("[0-9]{1,3}")
        ? new Repetition.Library(principal.subject(), Integer.parseInt(tries) > 0, clock.instant())
        : new Repetition.None();
  }

  /** What a rule refuses, for the client. */
  static RefusalException refuse(Refusal refusal) {
    return new RefusalException(refusal.code(), refusal.message())
        .param(refusal.param())
        .detail("rule", refusal.rule());
  }

  /** What became of it, or why not. */
  static Submission.Accepted accepted(Submission submission) {
    return switch (submission) {
      case Submission.Accepted accepted -> accepted;
      case Submission.Refused(Refusal refusal) -> throw refuse(refusal);
      case Submission.KeyReused() ->
          throw new RefusalException(
              ErrorCode.IDEMPOTENCY_KEY_REUSED,
              "This Idempotency-Key was used for another request; choose a new one.");
    };
  }
}
