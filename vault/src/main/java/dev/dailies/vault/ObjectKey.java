package dev.dailies.vault;

import dev.dailies.contracts.WorkspaceId;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The name of an object: segments parted by {@code /}, of which the first is the workspace that
 * owns it.
 *
 * <p>The shape is what every store can keep: at most 1024 bytes in all and 200 in a segment (a
 * store may use a file per object, and a longer name while it is written), no empty segment, no
 * {@code .} or {@code ..}, no backslash and no control character. Anything else may occur; the
 * adapter escapes it. No key may be a folder of another ({@code a/b} and {@code a/b/c}): stores
 * differ in what they then do.
 */
public record ObjectKey(String value) {
  private static final int MOST_BYTES = 1024;
  private static final int MOST_SEGMENT_BYTES = 200;

  public ObjectKey {
    List<String> segments = List.of(value.split("/", -1));
    if (segments.size() < 2) {
      throw new IllegalArgumentException("an object key has a workspace and a name: " + value);
    }
    var unused = new WorkspaceId(segments.getFirst());
    if (bytes(value) > MOST_BYTES) {
      throw new IllegalArgumentException("an object key has at most 1024 bytes");
    }
    for (String segment : segments) {
      requireSegment(segment);
    }
  }

  /** The key of these segments in a workspace. */
  public static ObjectKey of(WorkspaceId workspace, String... segments) {
    return new ObjectKey(workspace.value() + "/" + String.join("/", segments));
  }

  private static void requireSegment(String segment) {
    if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
      throw new IllegalArgumentException("a segment of an object key is empty, '.' or '..'");
    }
    if (bytes(segment) > MOST_SEGMENT_BYTES) {
      throw new IllegalArgumentException("a segment of an object key has at most 200 bytes");
    }
    if (segment.chars().anyMatch(c -> c == '\\' || Character.isISOControl(c))) {
      throw new IllegalArgumentException("an object key holds a backslash or control character");
    }
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  /** The workspace that owns the object. */
  public WorkspaceId workspace() {
    return new WorkspaceId(value.substring(0, value.indexOf('/')));
  }

  @Override
  public String toString() {
    return value;
  }
}
