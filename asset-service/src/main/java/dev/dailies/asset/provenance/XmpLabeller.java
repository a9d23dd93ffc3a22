package dev.dailies.asset.provenance;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Writes the marking as XMP: into an MP4 as a {@code uuid} box behind everything else, so that no
 * offset in the file changes; into a JPEG as an APP1 segment. Source: Adobe XMP specification, part
 * 3.
 */
public final class XmpLabeller implements Labeller {
  static final byte[] XMP_UUID = HexFormat.of().parseHex("be7acfcb97a942e89c71999491e3afac");
  private static final byte[] JPEG_NAMESPACE =
      "http://ns.adobe.com/xap/1.0/\0".getBytes(StandardCharsets.US_ASCII);
  private static final int BOX_HEADER = 8;
  private static final int MOST_SEGMENT = 65_533;

  @Override
  public void labelMp4(Path file, Provenance provenance) throws IOException {
    byte[] packet = XmpPacket.of(provenance).getBytes(StandardCharsets.UTF_8);
    Mp4Boxes before = Mp4Boxes.of(file);
    if (!before.closed()) {
      throw new IOException("the last box of " + file.getFileName() + " has no end to append to");
    }
    var box = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(box)) {
      out.writeInt(BOX_HEADER + XMP_UUID.length + packet.length);
      out.writeBytes("uuid");
      out.write(XMP_UUID);
      out.write(packet);
    }
    Files.write(file, box.toByteArray(), StandardOpenOption.APPEND);
    if (!Mp4Boxes.of(file).endsWithXmp()) {
      throw new IOException("the marking of " + file.getFileName() + " can't be read back");
    }
  }

  @Override
  public void labelJpeg(Path file, Provenance provenance) throws IOException {
    byte[] image = Files.readAllBytes(file);
    byte[] packet = XmpPacket.of(provenance).getBytes(StandardCharsets.UTF_8);
    if (image.length < 4 || (image[0] & 0xff) != 0xff || (image[1] & 0xff) != 0xd8) {
      throw new IOException(file.getFileName() + " is no JPEG");
    }
    int length = 2 + JPEG_NAMESPACE.length + packet.length;
    if (length > MOST_SEGMENT) {
      throw new IOException("the marking is too long for a JPEG");
    }
    Path labelled = file.resolveSibling(file.getFileName() + ".labelled");
    try (var out = new DataOutputStream(Files.newOutputStream(labelled))) {
      // APP1 may follow SOI, or the JFIF segment, which readers want first.
      int at = afterJfif(image);
      out.write(image, 0, at);
      out.writeShort(0xffe1);
      out.writeShort(length);
      out.write(JPEG_NAMESPACE);
      out.write(packet);
      out.write(image, at, image.length - at);
    }
    Files.move(labelled, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static int afterJfif(byte[] image) {
    boolean jfif =
        image.length > 20
            && (image[2] & 0xff) == 0xff
            && (image[3] & 0xff) == 0xe0
            && Arrays.equals(image, 6, 10, "JFIF".getBytes(StandardCharsets.US_ASCII), 0, 4);
    return jfif ? 4 + ((image[4] & 0xff) << 8 | image[5] & 0xff) : 2;
  }
}
