package dev.dailies.animatic.server;

import dev.dailies.animatic.jobs.ClipRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Checks the fields of a create and makes the request of them; says which field is wrong and what
 * it may be.
 */
final class ClipRequests {
  private static final int LONGEST_PROMPT = 32_000;
  private static final BigDecimal SHORTEST = new BigDecimal("0.1");
  private static final BigDecimal LONGEST = new BigDecimal("20");
  private static final int[] USUAL_SIZE = {1280, 720};
  private static final BigDecimal USUAL_SECONDS = new BigDecimal("4.000");
  private static final int SMALLEST_SIDE = 64;
  private static final int LARGEST_SIDE = 1920;
  private static final Pattern SIZE = Pattern.compile("(\\d{2,4})x(\\d{2,4})");
  private static final Pattern DATA_URL =
      Pattern.compile("data:image/[a-z+.-]+;base64,(.+)", Pattern.DOTALL);
  private static final int LARGEST_STILL = 20 << 20;

  private final List<String> models;

  /** Takes the models named; the first is meant when none is asked for. */
  ClipRequests(List<String> models) {
    this.models = List.copyOf(models);
  }

  ClipRequest request(VideoFields fields, Optional<String> traceparent) {
    int[] size = size(fields).orElse(USUAL_SIZE);
    int rate = whole(fields, "fps", 1, 60).orElse(24);
    Optional<Integer> frames = whole(fields, "num_frames", 1, 20 * rate);
    BigDecimal seconds =
        frames
            .map(n ->
                BigDecimal.valueOf(n).divide(BigDecimal.valueOf(rate), 3, RoundingMode.HALF_UP))
            .orElseGet(() -> seconds(fields).orElse(USUAL_SECONDS));
    return new ClipRequest(
        prompt(fields),
        fields.text("negative_prompt"),
        model(fields, models.getFirst()),
        size[0],
        size[1],
        rate,
        frames.orElseGet(() -> framesOf(seconds, rate)),
        seconds.stripTrailingZeros().toPlainString(),
        seed(fields).orElseGet(ClipRequests::drawnSeed),
        sound(fields).orElse(true),
        clientReference(fields),
        still(fields).isPresent(),
        Optional.empty(),
        traceparent);
  }

  /** The model asked for, else the one that is meant then. */
  String model(VideoFields fields, String usual) {
    String model = fields.text("model").orElse(usual);
    if (!models.contains(model)) {
      throw ApiError.unknownModel(model);
    }
    return model;
  }

  /** The model that is meant when nothing says which. */
  String usualModel() {
    return models.getFirst();
  }

  static String prompt(VideoFields fields) {
    String prompt =
        fields
            .text("prompt")
            .orElseThrow(() -> ApiError.invalid("prompt", "A prompt is required."));
    if (prompt.length() > LONGEST_PROMPT) {
      throw ApiError.invalid("prompt", "A prompt has at most 32000 characters.");
    }
    return prompt;
  }

  static Optional<Boolean> sound(VideoFields fields) {
    return flag(fields, "generate_sound").or(() -> flag(fields, "audio"));
  }

  static long drawnSeed() {
    return ThreadLocalRandom.current().nextInt(0, Integer.MAX_VALUE);
  }

  /** The first picture, if one was sent: a file, or a data URL. */
  Optional<byte[]> still(VideoFields fields) {
    Optional<SentFile> file = fields.file("input_reference");
    Optional<String> url =
        fields.text("input_reference[image_url]").or(() -> fields.text("input_reference"));
    if (file.isEmpty() && url.isEmpty()) {
      return Optional.empty();
    }
    byte[] picture = file.map(ClipRequests::read).orElseGet(() -> decoded(url.orElseThrow()));
    if (picture.length > LARGEST_STILL) {
      throw ApiError.invalid("input_reference", "A reference has at most 20 MiB.");
    }
    return Optional.of(picture);
  }

  private static byte[] read(SentFile file) {
    try (InputStream in = file.content().open()) {
      return in.readNBytes(LARGEST_STILL + 1);
    } catch (IOException e) {
      throw new UncheckedIOException("the picture cannot be read", e);
    }
  }

  private static byte[] decoded(String url) {
    Matcher data = DATA_URL.matcher(url);
    if (!data.matches()) {
      // An address would make us fetch what a stranger names.
      throw ApiError.invalid(
          "input_reference",
          "A reference is a file or a data URL of an image; nothing is fetched.");
    }
    try {
      return Base64.getMimeDecoder().decode(data.group(1));
    } catch (IllegalArgumentException e) {
      throw ApiError.invalid("input_reference", "The data URL is not base64.");
    }
  }

  static int framesOf(BigDecimal seconds, int rate) {
    return Math.max(
        1, seconds.multiply(BigDecimal.valueOf(rate)).setScale(0, RoundingMode.HALF_UP).intValue());
  }

  static Optional<BigDecimal> seconds(VideoFields fields) {
    return fields.text("seconds").map(ClipRequests::seconds);
  }

  private static BigDecimal seconds(String text) {
    try {
      BigDecimal seconds = new BigDecimal(text);
      if (seconds.compareTo(SHORTEST) >= 0 && seconds.compareTo(LONGEST) <= 0) {
        return seconds.setScale(3, RoundingMode.HALF_UP);
      }
    } catch (NumberFormatException e) {
      throw ApiError.invalid("seconds", "Not a number of seconds: " + shortened(text));
    }
    throw ApiError.invalid("seconds", "A video has 0.1 to 20 seconds, not " + shortened(text));
  }

  static Optional<int[]> size(VideoFields fields) {
    Optional<Integer> width = whole(fields, "width", SMALLEST_SIDE, LARGEST_SIDE);
    Optional<Integer> height = whole(fields, "height", SMALLEST_SIDE, LARGEST_SIDE);
    if (width.isPresent() && height.isPresent()) {
      return Optional.of(even(width.get(), height.get()));
    }
    return fields.text("size").map(text -> size(text.toLowerCase(Locale.ROOT)));
  }

  private static int[] size(String text) {
    Matcher size = SIZE.matcher(text);
    if (!size.matches()) {
      throw ApiError.invalid("size", "A size is WIDTHxHEIGHT, not " + shortened(text));
    }
    return even(Integer.parseInt(size.group(1)), Integer.parseInt(size.group(2)));
  }

  static int[] even(int width, int height) {
    boolean fits =
        Math.min(width, height) >= SMALLEST_SIDE && Math.max(width, height) <= LARGEST_SIDE;
    if (!fits || width % 2 != 0 || height % 2 != 0) {
      throw ApiError.invalid(
          "size", "Sides are even and from 64 to 1920, not " + width + "x" + height);
    }
    return new int[] {width, height};
  }

  static Optional<Long> seed(VideoFields fields) {
    return fields
        .text("seed")
        .map(text -> {
          try {
            return Long.parseLong(text);
          } catch (NumberFormatException e) {
            throw ApiError.invalid("seed", "A seed is a whole number.");
          }
        });
  }

  static Optional<String> clientReference(VideoFields fields) {
    Optional<String> name = fields.text("client_reference");
    if (name.filter(text -> text.length() > 256).isPresent()) {
      throw ApiError.invalid("client_reference", "A client reference has at most 256 characters.");
    }
    return name;
  }

  private static Optional<Boolean> flag(VideoFields fields, String name) {
    return fields
        .text(name)
        .map(text ->
            switch (text.toLowerCase(Locale.ROOT)) {
              case "true", "1" -> true;
              case "false", "0" -> false;
              default -> throw ApiError.invalid(name, name + " is true or false.");
            });
  }

  private static Optional<Integer> whole(VideoFields fields, String name, int least, int most) {
    return fields
        .text(name)
        .map(text -> {
          try {
            int value = new BigDecimal(text).intValueExact();
            if (value >= least && value <= most) {
              return value;
            }
          } catch (ArithmeticException | NumberFormatException e) {
            // Told below, with what is taken.
          }
          throw ApiError.invalid(
              name, name + " is a whole number from " + least + " to " + most + ".");
        });
  }

  private static String shortened(String text) {
    return text.length() <= 40 ? text : text.substring(0, 40) + "…";
  }
}
