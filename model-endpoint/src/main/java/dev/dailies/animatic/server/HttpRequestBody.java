package dev.dailies.animatic.server;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** Reads a create's body: JSON, or the form that OpenAI's clients send, also in chunks. */
final class HttpRequestBody {
  private static final int JSON_LIMIT = 32 << 20;

  private HttpRequestBody() {}

  static VideoFields fields(HttpServletRequest http) {
    String type = Optional.ofNullable(http.getContentType()).orElse("").toLowerCase(Locale.ROOT);
    try {
      if (type.startsWith("multipart/form-data")) {
        return form(http);
      }
      if (type.isEmpty() || type.startsWith("application/json")) {
        return json(http);
      }
    } catch (IOException e) {
      throw ApiError.unreadable("The body ended early.");
    }
    throw ApiError.refused(
        415,
        "unsupported_media_type",
        Optional.empty(),
        "Send multipart/form-data or application/json.");
  }

  private static VideoFields json(HttpServletRequest http) throws IOException {
    byte[] body = http.getInputStream().readNBytes(JSON_LIMIT + 1);
    if (body.length > JSON_LIMIT) {
      throw ApiError.refused(413, "too_large", Optional.empty(), "A body has at most 32 MiB.");
    }
    return VideoFields.ofJson(body);
  }

  private static VideoFields form(HttpServletRequest http) throws IOException {
    VideoFields fields = new VideoFields();
    try {
      for (Part part : http.getParts()) {
        if (part.getSubmittedFileName() == null) {
          fields.put(part.getName(), text(part));
        } else {
          fields.put(part.getName(), new SentFile(part.getSize(), part::getInputStream));
        }
      }
    } catch (ServletException | IllegalStateException e) {
      throw ApiError.unreadable("The form cannot be read, or is larger than 200 MiB.");
    }
    return fields;
  }

  private static String text(Part part) throws IOException {
    if (part.getSize() > JSON_LIMIT) {
      throw ApiError.refused(413, "too_large", Optional.empty(), "A text has at most 32 MiB.");
    }
    try (InputStream in = part.getInputStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
