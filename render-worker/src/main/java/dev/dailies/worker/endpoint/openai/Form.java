package dev.dailies.worker.endpoint.openai;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** A {@code multipart/form-data} body (RFC 7578), whole in memory. */
final class Form {
  private final String boundary = "dailies-" + UUID.randomUUID();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  void text(String name, String value) {
    part("Content-Disposition: form-data; name=\"" + name + "\"", utf8(value));
  }

  void file(String name, String contentType, byte[] value) {
    part(
        "Content-Disposition: form-data; name=\"%s\"; filename=\"%s\"\r\nContent-Type: %s"
            .formatted(name, name, contentType),
        value);
  }

  String contentType() {
    return "multipart/form-data; boundary=" + boundary;
  }

  byte[] bytes() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(out.toByteArray());
    all.writeBytes(utf8("--" + boundary + "--\r\n"));
    return all.toByteArray();
  }

  private void part(String head, byte[] value) {
    out.writeBytes(utf8("--" + boundary + "\r\n" + head + "\r\n\r\n"));
    out.writeBytes(value);
    out.writeBytes(utf8("\r\n"));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
