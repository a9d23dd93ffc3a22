package dev.dailies.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class VideoHeaderTest {
  private static final byte[] MOVIE =
      box(
          "moov",
          box("mvhd", words(0, 0, 0, 600, 1812)),
          box("trak", box("tkhd", words(0, 0, 0))),
          box("trak", box("edts"), box("tkhd", words(0, 160 << 16, 90 << 16))));

  private static byte[] words(int... values) {
    ByteBuffer words = ByteBuffer.allocate(4 * values.length);
    Arrays.stream(values).forEach(words::putInt);
    return words.array();
  }

  private static byte[] box(String type, byte[]... content) {
    ByteArrayOutputStream box = new ByteArrayOutputStream();
    int size = 8 + Arrays.stream(content).mapToInt(part -> part.length).sum();
    box.writeBytes(words(size));
    box.writeBytes(type.getBytes(StandardCharsets.ISO_8859_1));
    Arrays.stream(content).forEach(box::writeBytes);
    return box.toByteArray();
  }

  private static Optional<VideoHeader> of(byte[]... parts) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    Arrays.stream(parts).forEach(file::writeBytes);
    return VideoHeader.of(new ByteArrayInputStream(file.toByteArray()));
  }

  @Test
  void saysLengthAndSizeWhereverItStands() throws IOException {
    Optional<VideoHeader> header = Optional.of(new VideoHeader(Duration.ofMillis(3020), 160, 90));
    assertThat(of(box("ftyp", words(1, 2)), MOVIE, box("mdat", new byte[99]))).isEqualTo(header);
    byte[] large = words(1, 0x6d646174, 0, 116);
    assertThat(of(box("ftyp"), large, new byte[100], MOVIE)).isEqualTo(header);
  }

  @Test
  void whatIsCutOffOrMalformedSaysNothing() throws IOException {
    assertThat(of()).isEmpty();
    assertThat(of(box("ftyp"), words(0x7fffffff, 0x6d6f6f76))).isEmpty();
    assertThat(of(words(1, 0x6d6f6f76, -1, -1))).isEmpty();
    for (int cut = 0; cut < MOVIE.length; cut++) {
      assertThat(of(Arrays.copyOf(MOVIE, cut))).isEmpty();
    }
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      byte[] broken = MOVIE.clone();
      broken[random.nextInt(broken.length)] = (byte) random.nextInt();
      broken[random.nextInt(broken.length)] = (byte) random.nextInt();
      of(broken).ifPresent(header -> assertThat(header.length()).isPositive());
    }
  }
}
