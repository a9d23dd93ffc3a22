package dev.dailies.asset.delivery;

import dev.dailies.asset.delivery.ContentLibrary.Content;
import dev.dailies.contracts.ErrorCode;
import dev.dailies.edge.Allow;
import dev.dailies.edge.HttpKeyCheck;
import dev.dailies.edge.Principal;
import dev.dailies.edge.RefusalException;
import dev.dailies.edge.Role;
import dev.dailies.vault.VaultObject;
import dev.dailies.vault.VaultUnavailable;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code GET /v1/videos/{id}/content}: hands out a video as OpenAI's clients ask for it. Unknown,
 * of another workspace, and not to be seen are one and the same answer.
 */
@RestController
class ContentController {
  private final ContentLibrary library;
  private final HttpContentStream stream;
  private final HttpKeyCheck keys;

  ContentController(ContentLibrary library, HttpContentStream stream, HttpKeyCheck keys) {
    this.library = library;
    this.stream = stream;
    this.keys = keys;
  }

  @Allow({Role.PRODUCER, Role.REVIEWER, Role.APPROVER, Role.MODERATOR})
  @GetMapping("/v1/videos/{id}/content")
  void content(
      @PathVariable String id,
      @RequestParam(defaultValue = "video") String variant,
      Principal principal,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    ContentVariant wanted =
        ContentVariant.named(variant)
            .orElseThrow(() ->
                new RefusalException(
                        ErrorCode.INVALID_REQUEST,
                        "variant is one of video, thumbnail, spritesheet.")
                    .param("variant"));
    Content content =
        library
            .ofGeneration(principal.workspace(), id, wanted.variant())
            .orElseThrow(
                () -> new RefusalException(ErrorCode.NOT_FOUND, "There is no such content."));
    response.setHeader(HttpHeaders.ETAG, content.etag());
    response.setHeader(HttpHeaders.ACCEPT_RANGES, "bytes");
    // Whoever has it in a cache asks again each time: the right to see it may have ended.
    response.setHeader(HttpHeaders.CACHE_CONTROL, "private, no-cache");
    response.setHeader("X-Content-Type-Options", "nosniff");
    if (matches(request.getHeader(HttpHeaders.IF_NONE_MATCH), content.etag())) {
      response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
      return;
    }
    ByteRange range = range(request, content);
    if (range instanceof ByteRange.Outside) {
      throw new RefusalException(
              ErrorCode.RANGE_NOT_SATISFIABLE, "The range lies outside the content.")
          .header(HttpHeaders.CONTENT_RANGE, "bytes */" + content.size());
    }
    if (request.getMethod().equals("HEAD")) {
      HttpContentStream.announce(content, range, response);
      return;
    }
    send(content, range, request, response);
  }

  private void send(
      Content content, ByteRange range, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    try (VaultObject object = stream.open(content, range)) {
      HttpContentStream.announce(content, range, response);
      stream.send(content, object, response.getOutputStream(), () -> keys.stillValid(request));
    } catch (VaultUnavailable e) {
      if (response.isCommitted()) {
        throw new ContentCutOff("the store broke off", e);
      }
      response.reset();
      throw new RefusalException(ErrorCode.STORE_UNAVAILABLE, "The store can't be reached now.")
          .header(HttpHeaders.RETRY_AFTER, "2");
    }
  }

  /** Past the advice, which would end the answer in good order, to the server. */
  @ExceptionHandler
  void cutOff(ContentCutOff cut) throws ContentCutOff {
    throw cut;
  }

  private static ByteRange range(HttpServletRequest request, Content content) {
    String wanted = request.getHeader(HttpHeaders.RANGE);
    String onlyIf = request.getHeader(HttpHeaders.IF_RANGE);
    boolean stale = onlyIf != null && !onlyIf.strip().equals(content.etag());
    return wanted == null || stale ? new ByteRange.Whole() : ByteRange.of(wanted, content.size());
  }

  private static boolean matches(@Nullable String header, String etag) {
    return Optional.ofNullable(header).stream()
        .flatMap(h -> Arrays.stream(h.split(",")))
        .map(String::strip)
        .anyMatch(tag -> tag.equals("*") || tag.equals(etag) || tag.equals("W/" + etag));
  }
}
