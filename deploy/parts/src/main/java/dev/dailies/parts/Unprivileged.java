package dev.dailies.parts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How PostgreSQL, which refuses to be root, is run by root.
 *
 * @param prefix what the command line begins with
 * @param owner the user id that its files must have; empty where they are ours anyway
 */
record Unprivileged(List<String> prefix, Optional<Integer> owner) {

  /** Not root: nothing to do. */
  static final Unprivileged AS_WE_ARE = new Unprivileged(List.of(), Optional.empty());

  /** A user namespace, in which root is nobody and its files are nobody's. */
  static final Unprivileged NAMESPACE =
      new Unprivileged(List.of("unshare", "--user"), Optional.of(0));

  /**
   * Another user, for containers, where namespaces are forbidden. It keeps root's way through
   * closed folders, as the data may be below root's home; the securebit has access(2) see that.
   */
  static final Unprivileged OTHER_USER =
      new Unprivileged(
          List.of(
              "setpriv",
              "--reuid=65534",
              "--regid=65534",
              "--clear-groups",
              "--securebits=+no_setuid_fixup",
              "--inh-caps=+dac_override",
              "--ambient-caps=+dac_override"),
          Optional.of(65534));

  static Unprivileged forThisMachine() {
    if (!Programs.runsAsRoot()) {
      return AS_WE_ARE;
    }
    return Stream.of(NAMESPACE, OTHER_USER)
        .filter(way -> Programs.works(way.command(List.of("true"))))
        .findFirst()
        .orElseThrow(() ->
            new PartFailed(
                "PostgreSQL refuses to run as root, and neither unshare --user nor setpriv"
                    + " works on this machine; run Dailies as another user"));
  }

  List<String> command(List<String> program) {
    List<String> command = new ArrayList<>(prefix);
    command.addAll(program);
    return command;
  }

  /** Makes the files those of the owner, where another run had another way. */
  void own(Path root) {
    if (owner.isEmpty()) {
      return;
    }
    try {
      if (owner.get().equals(Files.getAttribute(root, "unix:uid"))) {
        return;
      }
      List<Path> paths;
      try (Stream<Path> walk = Files.walk(root)) {
        paths = walk.toList();
      }
      for (Path path : paths.reversed()) {
        Files.setAttribute(path, "unix:uid", owner.get());
      }
    } catch (IOException failed) {
      throw new PartFailed("cannot give " + root + " to the user of PostgreSQL", failed);
    }
  }
}
