package dev.dailies.prompt.generation;

import dev.dailies.contracts.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;

/** SHA-256 over a list of texts; each is preceded by its length, so that no two lists collide. */
final class Digest {
  private Digest() {}

  static String of(List<String> parts) {
    MessageDigest sha = Sha256.begin();
    for (String part : parts) {
      byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
      sha.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
      sha.update(bytes);
    }
    return Sha256.hex(sha);
  }
}
