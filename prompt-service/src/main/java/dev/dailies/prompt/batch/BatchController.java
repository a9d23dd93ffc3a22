package dev.dailies.prompt.batch;

import dev.dailies.contracts.ErrorCode;
import dev.dailies.edge.Allow;
import dev.dailies.edge.HttpKeyCheck;
import dev.dailies.edge.Principal;
import dev.dailies.edge.RefusalException;
import dev.dailies.edge.Role;
import dev.dailies.prompt.batch.BatchLine.Problem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.transaction.TransactionException;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/**
 * Many requests in one body, a line each, answered while they come in. Clients read while they
 * send; those that are cut off send the same again.
 */
@RestController
class BatchController {
  private static final Logger log = LoggerFactory.getLogger(BatchController.class);
  private static final String NDJSON = "application/x-ndjson";
  private static final String CSV = "text/csv";
  private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
  private static final int LONGEST_ID = 200;

  private final RunBatch batch;
  private final HttpKeyCheck keys;

  BatchController(BatchGroup group, HttpKeyCheck keys) {
    this.batch = new RunBatch(group);
    this.keys = keys;
  }

  @PostMapping(
      path = "/api/generations:batch",
      consumes = {NDJSON, CSV})
  @Allow(Role.PRODUCER)
  void take(
      Principal principal,
      HttpServletRequest request,
      HttpServletResponse response,
      @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String id)
      throws IOException {
    requirePlainUtf8(request);
    RunBatch.Sender sender =
        new RunBatch.Sender(
            principal.workspace(), principal.actor(), id(id), () -> keys.stillValid(request));
    InputStream body = withoutMark(request.getInputStream());
    BatchSource source =
        MediaType.valueOf(request.getContentType()).getSubtype().equals("csv")
            ? new CsvSource(body)
            : new NdjsonSource(body);
    response.setContentType(NDJSON);
    // Proxies that gather answers would keep the sender waiting for each group.
    response.setHeader("X-Accel-Buffering", "no");
    BatchAnswers answers = new BatchAnswers(response.getOutputStream());
    try {
      batch.run(sender, source, answers);
    } catch (BatchGroup.BrokenOff | DataAccessException | TransactionException e) {
      log.warn("A batch was broken off: {}", e.toString());
      answers.close(Optional.of(DATABASE));
    }
  }

  private static final Problem DATABASE =
      new Problem(
          ErrorCode.DATABASE_UNAVAILABLE,
          "The database can't be reached. Lines without an answer may or may not have been taken"
              + " in; send the batch again with the same keys.",
          "line");

  private static void requirePlainUtf8(HttpServletRequest request) {
    String encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
    MediaType type = MediaType.valueOf(request.getContentType());
    boolean utf8 = type.getCharset() == null || StandardCharsets.UTF_8.equals(type.getCharset());
    if (!utf8 || encoding != null && !encoding.equalsIgnoreCase("identity")) {
      throw new RefusalException(
          ErrorCode.UNSUPPORTED_MEDIA_TYPE, "Lines are taken in UTF-8, not compressed.");
    }
  }

  private static Optional<String> id(@Nullable String id) {
    if (id == null) {
      return Optional.empty();
    }
    if (id.isEmpty() || id.length() > LONGEST_ID || id.chars().anyMatch(c -> c <= ' ' || c > 126)) {
      throw new RefusalException(
              ErrorCode.INVALID_REQUEST,
              "The Idempotency-Key of a batch holds 1 to "
                  + LONGEST_ID
                  + " visible ASCII characters.")
          .param("Idempotency-Key");
    }
    return Optional.of(id);
  }

  /** Spreadsheets begin a file with a byte order mark. */
  private static InputStream withoutMark(InputStream in) throws IOException {
    PushbackInputStream body = new PushbackInputStream(in, MARK.length);
    byte[] start = body.readNBytes(MARK.length);
    if (!Arrays.equals(start, MARK)) {
      body.unread(start);
    }
    return body;
  }
}
