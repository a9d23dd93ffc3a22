package dev.dailies.edge;

import dev.dailies.contracts.ErrorCode;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;

/**
 * Refuses bodies in another encoding than ours. They would be read as if they were in ours: what
 * lies about its encoding, and what is packed, is not what its sender means.
 */
final class HttpContentForm {
  private static final Pattern CHARSET =
      Pattern.compile(";\\s*charset\\s*=\\s*\"?([^\";\\s]*)", Pattern.CASE_INSENSITIVE);
  private static final Set<String> WITH_BODY = Set.of("POST", "PUT", "PATCH");
  private static final Set<String> READ = Set.of("utf-8", "utf8", "us-ascii");

  private HttpContentForm() {}

  static void check(HttpServletRequest request) {
    if (!WITH_BODY.contains(request.getMethod())) {
      return;
    }
    for (String coding : Collections.list(request.getHeaders(HttpHeaders.CONTENT_ENCODING))) {
      if (!coding.strip().equalsIgnoreCase("identity")) {
        throw new RefusalException(
            ErrorCode.UNSUPPORTED_MEDIA_TYPE, "Bodies are taken as they are, not compressed.");
      }
    }
    String type = request.getContentType();
    Matcher charset = CHARSET.matcher(type == null ? "" : type);
    while (charset.find()) {
      if (!READ.contains(charset.group(1).toLowerCase(Locale.ROOT))) {
        throw new RefusalException(
            ErrorCode.UNSUPPORTED_MEDIA_TYPE, "Texts are taken in UTF-8 only.");
      }
    }
  }
}
