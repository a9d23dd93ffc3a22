package dev.dailies.prompt.generation;

import static dev.dailies.prompt.generation.Unreadable.field;

import dev.dailies.contracts.ErrorCode;
import dev.dailies.contracts.Sha256;
import dev.dailies.prompt.generation.WantedSource.Input;
import java.io.ByteArrayInputStream;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/** Reads pictures that come as a text: {@code data:image/png;base64,...}. */
final class DataUrls {
  static final int MOST_BYTES = 20 * 1024 * 1024;

  /** Base64 makes four characters of three bytes; the rest names the media type. */
  static final int LONGEST = MOST_BYTES / 3 * 4 + 1024;

  private static final String BASE64 = ";base64";
  private static final int LONGEST_TYPE = 200;

  private DataUrls() {}

  static Input read(String param, String url) throws Unreadable {
    int comma = url.indexOf(',');
    if (!url.startsWith("data:") || comma < 0 || comma > LONGEST_TYPE) {
      throw field(param, "must be a data URL like data:image/png;base64,...");
    }
    String type = url.substring("data:".length(), comma);
    if (!type.endsWith(BASE64)) {
      throw field(param, "must be written in base64");
    }
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(url.substring(comma + 1));
    } catch (IllegalArgumentException e) {
      throw field(param, "holds what is not base64");
    }
    if (bytes.length == 0) {
      throw field(param, "holds nothing");
    }
    if (bytes.length > MOST_BYTES) {
      throw new Unreadable(
          ErrorCode.TOO_LARGE, param, param + " holds more than " + MOST_BYTES + " bytes.");
    }
    String sha256 = HexFormat.of().formatHex(Sha256.begin().digest(bytes));
    String media = type.substring(0, type.length() - BASE64.length());
    return new Input.Uploaded(
        new Upload(
            media, bytes.length, sha256, () -> new ByteArrayInputStream(bytes), Optional.empty()));
  }
}
