package dev.dailies.contracts;

import java.util.regex.Pattern;

/**
 * The name of a workspace, the tenant that owns everything below it. Chosen by people, not minted:
 * it begins every object key and stands in the {@code workspace} header of every event.
 */
public record WorkspaceId(String value) {
  private static final Pattern SHAPE = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");

  public WorkspaceId {
    if (!SHAPE.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "a workspace is named by 1 to 40 of a-z, 0-9 and '-', not '" + value + "'");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
