package dev.dailies.edge;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Narrows a key below its roles. A scope that this build does not know lets nothing through. */
public enum Scope {
  /** GET and HEAD only, on every surface. */
  READ;

  /** The name in lower case, as it stands in {@code access.v1}. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The scope of that name; empty for one of a later build. */
  public static Optional<Scope> ofWire(String name) {
    return Stream.of(values()).filter(scope -> scope.wire().equals(name)).findFirst();
  }

  /** Whether it lets a request with this HTTP method through. */
  boolean permits(String method) {
    return switch (this) {
      case READ -> method.equals("GET") || method.equals("HEAD");
    };
  }
}
