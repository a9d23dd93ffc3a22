package dev.dailies.prompt.generation;

import dev.dailies.contracts.ErrorCode;
import dev.dailies.edge.Principal;
import dev.dailies.edge.RefusalException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/** Takes a request's body and headers apart, in bounded memory. */
final class HttpRequestBody {
  private static final int LONGEST_KEY = 255;
  private static final int SMALL = 64 << 10;
  private static final long PATIENCE_SECONDS = 20;

  /** What a picture sent as text takes on its way through the heap, several times over. */
  private static final long ONE_AT_WORK = 160L << 20;

  /** Bodies beyond {@link #SMALL} are taken apart a few at a time, on small heaps one by one. */
  private static final Semaphore LARGE =
      new Semaphore((int) Math.max(1, Runtime.getRuntime().maxMemory() / ONE_AT_WORK), true);

  private final int most;
  private final HttpForm.Limits limits;
  private final Clock clock;

  HttpRequestBody(GenerationProperties properties, Clock clock) {
    this.most = (int) properties.largestBody().toBytes();
    this.limits =
        new HttpForm.Limits(
            properties.largestBody().toBytes(), properties.largestUpload().toBytes());
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
      await();
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

  private static void await() {
    try {
      if (LARGE.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
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
  <T> T form(HttpServletRequest request, Optional<String> name, FormUse<T> use)
      throws IOException, Unreadable {
    try (HttpForm form = HttpForm.read(request, name, limits)) {
      if (!form.isLarge()) {
        return use.apply(parts(form));
      }
      await();
      try {
        return use.apply(parts(form));
      } finally {
        LARGE.release();
      }
    }
  }

  private static Parts parts(HttpForm form) throws IOException, Unreadable {
    return new Parts(VideoRequests.form(form.fields()), form.file());
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
