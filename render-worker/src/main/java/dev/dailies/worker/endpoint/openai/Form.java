package dev.dailies.worker.endpoint.openai;

import java.io.IOException;
import java.nio.file.Path;
import java.util.UUID;

/** A {@code multipart/form-data} body (RFC 7578); its files stay on disk. */
final class Form {
  private final String boundary = "dailies-" + UUID.randomUUID();
  private final CallBody body = new CallBody();

  void text(String name, String value) {
    head("Content-Disposition: form-data; name=\"" + name + "\"");
    body.text(value).text("\r\n");
  }

  void file(String name, String contentType, Path file) throws IOException {
    head(
        "Content-Disposition: form-data; name=\"%s\"; filename=\"%s\"\r\nContent-Type: %s"
            .formatted(name, name, contentType));
    body.file(file).text("\r\n");
  }

  String contentType() {
    return "multipart/form-data; boundary=" + boundary;
  }

  /** All of it; nothing can be added after. */
  CallBody body() {
    return body.text("--" + boundary + "--\r\n");
  }

  private void head(String head) {
    body.text("--" + boundary + "\r\n" + head + "\r\n\r\n");
  }
}
