package dev.dailies.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused by its first bytes, before anything of it is decoded or kept. */
class IncomingMediaTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        // A frame of 10 by 10 on a canvas of 65,535 by 65,535, which a decoder allots.
        "GIF89a\u00ff\u00ff\u00ff\u00ff\0\0\0,\0\0\0\0\n\0\n\0\0\u0002\0;",
        "GIF89a\n\0\n\0\0\0\0,\0\0\0\0\u00ff\u00ff\u00ff\u00ff\0\u0002\0;",
        "RIFF\u0064\0\0\0WEBPVP8X\n\0\0\0\0\0\0\0\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff",
        "\u00ff\u00d8\u00ff\u00c0\0\u0011\b\u00ff\u00ff\u00ff\u00ff\u0003\u0001\"\0\u0002\u0011\u0001"
            + "\u0003\u0011\u0001\u00ff\u00d9",
        "\0\0\0\u001cftypavif\0\0\0\0avifmif1miaf",
        "\0\0\0\u0018ftypheic\0\0\0\0mif1heic",
        "\0\0\0\bftyp",
        "<svg xmlns=\"http://www.w3.org/2000/svg\"/>",
        "#EXTM3U\n#EXTINF:1\nfile:///etc/passwd\n",
        "ffconcat version 1.0\nfile /etc/passwd\n",
        "II*\0\b\0\0\0",
        "%PDF-1.4",
        "PK\u0003\u0004",
        "<!DOCTYPE html><script>"
      })
  void isRefused(String start) throws IOException {
    assertThat(look(start.getBytes(StandardCharsets.ISO_8859_1)))
        .isInstanceOf(IncomingMedia.Look.Bad.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 8193, 65_535, Integer.MAX_VALUE, -1})
  void aPngOfThatWidthIsRefused(int width) throws IOException {
    ByteBuffer png = ByteBuffer.allocate(64);
    png.put("\u0089PNG\r\n\u001a\n\0\0\0\rIHDR".getBytes(StandardCharsets.ISO_8859_1));
    png.putInt(width).putInt(width == 8193 ? 1 : width).put(new byte[] {8, 2, 0, 0, 0});

    assertThat(look(png.array())).isInstanceOf(IncomingMedia.Look.Bad.class);
  }

  private static IncomingMedia.Look look(byte[] bytes) throws IOException {
    return IncomingMedia.look(
        new ByteArrayInputStream(bytes),
        EnumSet.allOf(MediaKind.class),
        new IncomingMedia.Limits(1 << 20, 1 << 20));
  }
}
