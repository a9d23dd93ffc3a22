package dev.dailies.vault;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * An upload whose first bytes were looked at. What it is follows from them alone: a name or a
 * declared media type is a stranger's claim. Heap use is those first bytes.
 */
public final class IncomingMedia {
  // A JPEG may carry a colour profile and a preview before it says its size.
  private static final int LOOKED_AT = 256 << 10;

  private static final Set<String> PICTURES =
      Set.of(
          "avif", "avis", "heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "mif2", "msf1",
          "jp2 ", "jpx ", "jxl ");

  private final String contentType;
  private final MediaKind kind;
  private final InputStream content;

  private IncomingMedia(String contentType, MediaKind kind, InputStream content) {
    this.contentType = contentType;
    this.kind = kind;
    this.content = content;
  }

  /**
   * How much is taken.
   *
   * @param image most bytes of an image
   * @param other most bytes of a video or a sound
   */
  public record Limits(long image, long other) {
    long of(MediaKind kind) {
      return kind == MediaKind.IMAGE ? image : other;
    }
  }

  /** What looking at an upload told. */
  public sealed interface Look {
    /** It may be taken. */
    record Good(IncomingMedia media) implements Look {}

    /** It may not, for a reason that can be told. */
    record Bad(String why) implements Look {}
  }

  /** The content has more bytes than are taken; thrown while it is read. */
  public static final class TooLarge extends IOException {
    private static final long serialVersionUID = 1L;

    TooLarge(long most) {
      super("more than " + most + " bytes");
    }
  }

  /** Looks at the first bytes of the content. */
  public static Look look(InputStream content, Set<MediaKind> wanted, Limits limits)
      throws IOException {
    byte[] start = content.readNBytes(LOOKED_AT);
    if (start.length == 0) {
      return new Look.Bad("It has no bytes.");
    }
    String type = typeOf(start);
    if (type.isEmpty()) {
      return new Look.Bad("It is no PNG, JPEG, WebP, GIF, MP4, WAV or MP3.");
    }
    MediaKind kind = kindOf(type);
    if (!wanted.contains(kind)) {
      return new Look.Bad("It is " + type + "; that is not taken here.");
    }
    if (kind == MediaKind.IMAGE) {
      var header = ImageHeader.of(start);
      if (header.isEmpty()) {
        return new Look.Bad("The image's header can't be read.");
      }
      if (!header.get().bearable()) {
        return new Look.Bad("An image has at most 8192 pixels a side and 40 megapixels in all.");
      }
    }
    InputStream whole = new SequenceInputStream(new ByteArrayInputStream(start), content);
    return new Look.Good(new IncomingMedia(type, kind, new Capped(whole, limits.of(kind))));
  }

  /** Media type by the content. */
  public String contentType() {
    return contentType;
  }

  public MediaKind kind() {
    return kind;
  }

  /** All of it; reading beyond the limit throws {@link TooLarge}. */
  public InputStream content() {
    return content;
  }

  private static MediaKind kindOf(String type) {
    if (type.startsWith("image/")) {
      return MediaKind.IMAGE;
    }
    return type.startsWith("video/") ? MediaKind.VIDEO : MediaKind.AUDIO;
  }

  private static String typeOf(byte[] start) {
    String text = new String(start, 0, Math.min(start.length, 12), StandardCharsets.ISO_8859_1);
    if (text.startsWith("\u0089PNG\r\n\u001a\n")) {
      return "image/png";
    }
    if (text.startsWith("\u00ff\u00d8\u00ff")) {
      return "image/jpeg";
    }
    if (text.startsWith("GIF87a") || text.startsWith("GIF89a")) {
      return "image/gif";
    }
    if (text.startsWith("RIFF") && text.startsWith("WEBP", 8)) {
      return "image/webp";
    }
    if (text.startsWith("RIFF") && text.startsWith("WAVE", 8)) {
      return "audio/wav";
    }
    if (text.startsWith("ftyp", 4)) {
      return ofBrand(text.substring(8));
    }
    boolean frame = start.length > 1 && start[0] == (byte) 0xff && (start[1] & 0xe6) == 0xe2;
    return text.startsWith("ID3") || frame ? "audio/mpeg" : "";
  }

  /** Pictures (AVIF, HEIC) come in the same boxes as films; nothing here reads their size. */
  private static String ofBrand(String brand) {
    if (brand.length() < 4 || PICTURES.contains(brand)) {
      return "";
    }
    return brand.startsWith("M4A") ? "audio/mp4" : "video/mp4";
  }

  /** Says that there is too much, rather than to end early. */
  private static final class Capped extends InputStream {
    private final InputStream inner;
    private final long most;
    private long read;

    Capped(InputStream inner, long most) {
      this.inner = inner;
      this.most = most;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int from, int length) throws IOException {
      int got = inner.read(buffer, from, length);
      read += Math.max(got, 0);
      if (read > most) {
        throw new TooLarge(most);
      }
      return got;
    }
  }
}
