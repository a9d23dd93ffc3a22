package dev.dailies.asset.reference;

import dev.dailies.contracts.ErrorCode;
import dev.dailies.edge.RefusalException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Base64;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The headers of tus 1.0, each read as what it must be. What asks for an extension that we don't
 * have is refused: a checksum that nobody compares must not look like one that was.
 */
final class HttpTus {
  static final String VERSION = "1.0.0";
  static final String RESUMABLE = "Tus-Resumable";
  private static final int LONGEST_METADATA = 4096;
  private static final List<String> UNKNOWN =
      List.of("Upload-Defer-Length", "Upload-Concat", "Upload-Checksum");

  private HttpTus() {}

  /** A request that names no version is taken as one of ours. */
  static void requireOurs(HttpServletRequest request) {
    for (String version : Collections.list(request.getHeaders(RESUMABLE))) {
      if (!version.strip().equals(VERSION)) {
        throw new RefusalException(ErrorCode.PRECONDITION_FAILED, "Uploads are of tus " + VERSION)
            .param(RESUMABLE)
            .header("Tus-Version", VERSION);
      }
    }
    for (String name : UNKNOWN) {
      if (request.getHeader(name) != null) {
        throw invalid(name, name + " belongs to an extension that is not to be had here.");
      }
    }
  }

  /** A number of bytes, given once. */
  static long bytes(HttpServletRequest request, String name) {
    List<String> values = Collections.list(request.getHeaders(name));
    if (values.size() != 1 || !values.getFirst().strip().matches("[0-9]{1,18}")) {
      throw invalid(name, name + " is a number of bytes, and is needed once.");
    }
    return Long.parseLong(values.getFirst().strip());
  }

  /** Checks what is said of the upload; none of it is kept. */
  static void checkMetadata(HttpServletRequest request) {
    Optional<String> metadata = Optional.ofNullable(request.getHeader("Upload-Metadata"));
    if (metadata.filter(text -> !areMetadata(text)).isPresent()) {
      throw invalid(
          "Upload-Metadata",
          "Upload-Metadata is a list of at most %d characters: a name, a space, a value in base64."
              .formatted(LONGEST_METADATA));
    }
  }

  private static boolean areMetadata(String text) {
    if (text.length() > LONGEST_METADATA) {
      return false;
    }
    Set<String> names = new HashSet<>();
    for (String pair : text.isBlank() ? new String[0] : text.split(",", -1)) {
      String[] parts = pair.strip().split(" ", 2);
      boolean named = parts[0].matches("[!-+\\--~]{1,255}") && names.add(parts[0]);
      if (!named || parts.length == 2 && !isBase64(parts[1].strip())) {
        return false;
      }
    }
    return true;
  }

  private static boolean isBase64(String text) {
    try {
      Base64.getDecoder().decode(text);
      return true;
    } catch (IllegalArgumentException notBase64) {
      return false;
    }
  }

  private static RefusalException invalid(String name, String message) {
    return new RefusalException(ErrorCode.INVALID_REQUEST, message).param(name);
  }
}
