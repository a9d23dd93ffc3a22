package dev.dailies.worker.endpoint.openai;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A request's body of known length: texts, and files that are read while it is sent. However large
 * a file is, the heap holds a piece of it.
 */
final class CallBody {
  private final List<Part> parts = new ArrayList<>();

  /** A stretch of it. */
  private record Part(long length, Content content) {}

  /** Opens a stretch from its start. */
  private interface Content {
    InputStream open() throws IOException;
  }

  CallBody text(String text) {
    return bytes(text.getBytes(StandardCharsets.UTF_8));
  }

  CallBody bytes(byte[] bytes) {
    parts.add(new Part(bytes.length, () -> new ByteArrayInputStream(bytes)));
    return this;
  }

  CallBody file(Path file) throws IOException {
    parts.add(new Part(Files.size(file), () -> Files.newInputStream(file)));
    return this;
  }

  CallBody base64(Path file) throws IOException {
    parts.add(
        new Part(
            Base64Stream.length(Files.size(file)),
            () -> new Base64Stream(Files.newInputStream(file))));
    return this;
  }

  long length() {
    return parts.stream().mapToLong(Part::length).sum();
  }

  /** All of it, from the start; no file is open before its turn, and only one at a time. */
  InputStream open() {
    return new InputStream() {
      private int next;
      private InputStream now = InputStream.nullInputStream();

      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] buffer, int offset, int length) throws IOException {
        int n = now.read(buffer, offset, length);
        while (n < 0 && next < parts.size()) {
          now.close();
          now = parts.get(next++).content().open();
          n = now.read(buffer, offset, length);
        }
        return n;
      }

      @Override
      public void close() throws IOException {
        next = parts.size();
        now.close();
      }
    };
  }
}
