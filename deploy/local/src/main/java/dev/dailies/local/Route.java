package dev.dailies.local;

import java.util.List;

/**
 * A line of the route table: paths of this pattern are answered by this service.
 *
 * <p>A pattern is a list of segments: {@code *} stands for exactly one, {@code **} at the end for
 * any number, none included. So {@code /api/assets/**} matches {@code /api/assets} and all below,
 * but not {@code /api/assets-old}.
 */
public record Route(String pattern, Service service) {
  public Route {
    if (!pattern.startsWith("/") || pattern.endsWith("/")) {
      throw new IllegalArgumentException(
          "a pattern begins with a slash and ends without: " + pattern);
    }
    int rest = pattern.indexOf("**");
    if (rest >= 0 && rest != pattern.length() - 2) {
      throw new IllegalArgumentException("** is the last segment or nowhere: " + pattern);
    }
  }

  /** Whether the path, percent-decoded or not, belongs to this route. */
  public boolean matches(String path) {
    List<String> wanted = segments(pattern);
    List<String> given = segments(path);
    for (int i = 0; i < wanted.size(); i++) {
      if (wanted.get(i).equals("**")) {
        return true;
      }
      if (i >= given.size()
          || !(wanted.get(i).equals("*")
              ? !given.get(i).isEmpty()
              : wanted.get(i).equals(given.get(i)))) {
        return false;
      }
    }
    return wanted.size() == given.size();
  }

  private static List<String> segments(String path) {
    return List.of(path.substring(1).split("/", -1));
  }
}
