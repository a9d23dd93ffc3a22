package dev.dailies.prompt.generation;

import dev.dailies.contracts.ErrorCode;
import dev.dailies.contracts.Sha256;
import dev.dailies.edge.RefusalException;
import dev.dailies.edge.Utf8;
import dev.dailies.vault.VideoHeader;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.fileupload2.core.DiskFileItem;
import org.apache.commons.fileupload2.core.DiskFileItemFactory;
import org.apache.commons.fileupload2.core.FileItemHeaders;
import org.apache.commons.fileupload2.core.FileItemInput;
import org.apache.commons.fileupload2.core.FileItemInputIterator;
import org.apache.commons.fileupload2.core.FileUploadSizeException;
import org.apache.commons.fileupload2.jakarta.servlet6.JakartaServletFileUpload;

/**
 * A form, taken apart as it comes: a few short fields are held, all else goes to disk, so that
 * neither a picture sent as text nor a slow sender takes heap. A container would make strings of
 * the fields before anybody could count them.
 *
 * <p>Source: RFC 7578.
 */
final class HttpForm implements AutoCloseable {
  private static final int HELD = 64 << 10;
  private static final int MOST_PARTS = 50;
  private static final int LONGEST_HEADER = 4 << 10;

  private final Optional<String> fileName;
  private final Limits limits;
  private final List<Field> fields = new ArrayList<>();
  private final List<Path> files = new ArrayList<>();
  private Optional<Upload> file = Optional.empty();
  private long size;
  private int held;

  /**
   * What is taken at most, in bytes.
   *
   * @param fields all fields that are no file
   * @param file a file
   */
  record Limits(long fields, long file) {}

  /** A field; its content is a file where it was too long to be held. */
  private record Field(String name, byte[] content, Optional<Path> spooled) {
    String text() throws IOException, Unreadable {
      byte[] bytes = spooled.isPresent() ? Files.readAllBytes(spooled.get()) : content;
      if (!Utf8.isText(bytes, bytes.length)) {
        throw new Unreadable(ErrorCode.INVALID_BODY, name, name + " is not a text in UTF-8.");
      }
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }

  private HttpForm(Optional<String> fileName, Limits limits) {
    this.fileName = fileName;
    this.limits = limits;
  }

  /**
   * Reads a request's form to its end.
   *
   * @param fileName under which a file is taken; empty: none is
   */
  static HttpForm read(HttpServletRequest request, Optional<String> fileName, Limits limits)
      throws IOException, Unreadable {
    HttpForm form = new HttpForm(fileName, limits);
    try {
      FileItemInputIterator parts = new Parts().getItemIterator(request);
      while (parts.hasNext()) {
        form.take(parts.next());
      }
      return form;
    } catch (FileUploadSizeException e) {
      form.close();
      throw new RefusalException(ErrorCode.TOO_LARGE, "The form has more parts than are taken.");
    } catch (IOException e) {
      form.close();
      throw new RefusalException(
          ErrorCode.INVALID_BODY, "The body can't be read as its content type says.");
    } catch (RuntimeException | Unreadable e) {
      form.close();
      throw e;
    }
  }

  private void take(FileItemInput part) throws IOException, Unreadable {
    try (InputStream content = part.getInputStream()) {
      if (part.isFormField()) {
        fields.add(field(part.getFieldName(), content));
      } else {
        takeFile(part, content);
      }
    }
  }

  private Field field(String name, InputStream content) throws IOException {
    byte[] start = content.readNBytes(HELD - held + 1);
    size += start.length;
    if (size <= limits.fields() && start.length <= HELD - held) {
      held += start.length;
      return new Field(name, start, Optional.empty());
    }
    Path spooled = newFile();
    size += spool(start, content, spooled, limits.fields() - size, Optional.empty());
    if (size > limits.fields()) {
      throw tooLarge();
    }
    return new Field(name, new byte[0], Optional.of(spooled));
  }

  private void takeFile(FileItemInput part, InputStream content) throws IOException, Unreadable {
    String name = part.getFieldName();
    if (!fileName.equals(Optional.of(name))) {
      throw Unreadable.field(
          name,
          "takes no file"
              + fileName.map(known -> "; a file is taken as " + known + " only").orElse(""));
    }
    if (file.isPresent()) {
      throw Unreadable.field(name, "was sent more than once");
    }
    Path spooled = newFile();
    MessageDigest sha = Sha256.begin();
    long length = spool(new byte[0], content, spooled, limits.file(), Optional.of(sha));
    if (length == 0) {
      throw Unreadable.field(name, "holds nothing");
    }
    String type = part.getContentType();
    file =
        Optional.of(
            new Upload(
                type == null ? "application/octet-stream" : type,
                length,
                Sha256.hex(sha),
                () -> Files.newInputStream(spooled),
                name.equals("video") ? film(spooled) : Optional.empty()));
  }

  private static Optional<VideoHeader> film(Path file) {
    try (InputStream content = Files.newInputStream(file)) {
      return VideoHeader.of(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The two may fail for different reasons: the sender's are refused, the disk's are ours. */
  private static long spool(
      byte[] start, InputStream content, Path file, long most, Optional<MessageDigest> sha)
      throws IOException {
    byte[] buffer = new byte[HELD];
    long size = 0;
    try (OutputStream out = open(file)) {
      write(out, start, start.length);
      for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
        size += read;
        if (size > most) {
          throw tooLarge();
        }
        write(out, buffer, read);
        if (sha.isPresent()) {
          sha.get().update(buffer, 0, read);
        }
      }
    }
    return size;
  }

  private static RefusalException tooLarge() {
    return new RefusalException(
        ErrorCode.TOO_LARGE, "A part of the form is larger than what is taken.");
  }

  private static OutputStream open(Path file) {
    try {
      return Files.newOutputStream(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(OutputStream out, byte[] bytes, int length) {
    try {
      out.write(bytes, 0, length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path newFile() {
    try {
      Path made = Files.createTempFile("form-", null);
      files.add(made);
      return made;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether its fields take more of the heap than a request's usual share. */
  boolean isLarge() {
    return size > HELD;
  }

  /** The fields' texts, by their names. */
  Map<String, List<String>> fields() throws IOException, Unreadable {
    Map<String, List<String>> texts = new LinkedHashMap<>();
    for (Field field : fields) {
      texts.computeIfAbsent(field.name(), any -> new ArrayList<>()).add(field.text());
    }
    return texts;
  }

  Optional<Upload> file() {
    return file;
  }

  @Override
  public void close() throws IOException {
    for (Path each : files) {
      Files.deleteIfExists(each);
    }
  }

  /** A part without a name that can be read is refused; the library would leave it out unseen. */
  private static final class Parts
      extends JakartaServletFileUpload<DiskFileItem, DiskFileItemFactory> {
    private Parts() {
      setHeaderCharset(StandardCharsets.UTF_8);
      setMaxFileCount(MOST_PARTS);
      setMaxPartHeaderSize(LONGEST_HEADER);
    }

    @Override
    public String getFieldName(FileItemHeaders headers) {
      String name = super.getFieldName(headers);
      // A quote that never ends, as where a line breaks within the name, stays in it.
      if (name == null || name.indexOf('"') >= 0) {
        throw new RefusalException(
            ErrorCode.INVALID_BODY, "A part of the form has no name that can be read.");
      }
      return name;
    }
  }
}
