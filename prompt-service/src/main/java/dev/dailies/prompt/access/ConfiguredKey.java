package dev.dailies.prompt.access;

import dev.dailies.contracts.Sha256;
import dev.dailies.contracts.WorkspaceId;
import dev.dailies.edge.Role;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A key that configuration names, so that there is a first one. Written {@code
 * workspace/role+role=secret}, or {@code =sha256:<hex>} where the secret itself should not stand in
 * configuration.
 *
 * @param secretSha256 all that is kept of the secret, lower-case hexadecimal
 */
record ConfiguredKey(WorkspaceId workspace, Set<Role> roles, String secretSha256) {
  private static final Pattern SHAPE = Pattern.compile("([^/=]+)/([^/=]+)=(.+)");
  private static final Pattern DIGEST = Pattern.compile("sha256:([0-9a-f]{64})");
  private static final int SHORTEST_SECRET = 8;

  ConfiguredKey {
    roles = Set.copyOf(roles);
    if (roles.isEmpty() || !secretSha256.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException("a key has a role and a digest");
    }
  }

  /** Reads one; an error names the place but never the secret. */
  static ConfiguredKey parse(String written) {
    Matcher shape = SHAPE.matcher(written.strip());
    if (!shape.matches()) {
      throw new IllegalArgumentException(
          "a key in dailies.access.keys is written workspace/role+role=secret");
    }
    Set<Role> roles = new TreeSet<>();
    for (String name : shape.group(2).split("\\+", -1)) {
      roles.add(
          Role.ofWire(name)
              .orElseThrow(() ->
                  new IllegalArgumentException(
                      "dailies.access.keys names the role '%s'; there are %s"
                          .formatted(
                              name, Arrays.stream(Role.values()).map(Role::wire).toList()))));
    }
    return new ConfiguredKey(new WorkspaceId(shape.group(1)), roles, digest(shape.group(3)));
  }

  private static String digest(String secret) {
    Matcher digest = DIGEST.matcher(secret);
    if (digest.matches()) {
      return digest.group(1);
    }
    if (secret.length() < SHORTEST_SECRET) {
      throw new IllegalArgumentException(
          "a secret in dailies.access.keys holds at least " + SHORTEST_SECRET + " characters");
    }
    return Sha256.hex(secret);
  }
}
