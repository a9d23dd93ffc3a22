package dev.dailies.asset;

import dev.dailies.media.FfmpegCommand;
import dev.dailies.media.FfmpegResult;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Real little videos, each made once. */
public final class Clips {
  private static final Map<String, byte[]> MADE = new ConcurrentHashMap<>();

  private Clips() {}

  /** 160 by 90, 24 frames a second, moving, with a tone. */
  public static byte[] moving(double seconds) {
    return make("testsrc2=s=160x90:r=24:d=%.3f".formatted(seconds), "sine=d=%.3f", seconds);
  }

  /** The same without sound. */
  public static byte[] mute(double seconds) {
    return make("testsrc2=s=160x90:r=24:d=%.3f".formatted(seconds), "", seconds);
  }

  /** Black, still and silent. */
  public static byte[] black(double seconds) {
    return make(
        "color=black:s=160x90:r=24:d=%.3f".formatted(seconds), "anullsrc,atrim=end=%.3f", seconds);
  }

  /** Noise of 640 by 360, about 9 MB a second, so that sending it takes a while. */
  public static byte[] noise(double seconds) {
    return make(
        "testsrc2=s=640x360:r=24:d=%.3f,noise=alls=100:allf=t".formatted(seconds), "", seconds);
  }

  private static byte[] make(String picture, String sound, double seconds) {
    return MADE.computeIfAbsent(
        picture + sound,
        key -> {
          try {
            return encode(picture, sound.isEmpty() ? "" : sound.formatted(seconds));
          } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  private static byte[] encode(String picture, String sound)
      throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("clip");
    Path file = folder.resolve("clip.mp4");
    String graph = picture + ",format=yuv420p[v]" + (sound.isEmpty() ? "" : ";" + sound + "[a]");
    FfmpegCommand command =
        FfmpegCommand.create()
            .arguments("-filter_complex", graph, "-map", "[v]")
            .arguments("-metadata", "comment=vendor text")
            .arguments(
                picture.contains("noise")
                    ? List.of("-c:v", "mpeg4", "-q:v", "1")
                    : List.of("-c:v", "libopenh264", "-b:v", "400k"));
    command = sound.isEmpty() ? command : command.arguments("-map", "[a]", "-c:a", "aac");
    FfmpegResult result = command.output(file, "-movflags", "+faststart").run();
    if (!result.done()) {
      throw new IOException("no clip: " + result);
    }
    byte[] clip = Files.readAllBytes(file);
    Files.delete(file);
    Files.delete(folder);
    return clip;
  }

  /** Blows a clip up with a box that players pass over; sparse on disk where the disk can. */
  public static void pad(Path file, long bytes) throws IOException {
    try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
      out.seek(out.length());
      out.writeInt(1);
      out.write("free".getBytes(StandardCharsets.US_ASCII));
      out.writeLong(bytes);
      out.setLength(out.length() + bytes - 16);
    }
  }

  static {
    Locale.setDefault(Locale.ROOT);
  }
}
