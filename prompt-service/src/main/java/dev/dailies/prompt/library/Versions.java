package dev.dailies.prompt.library;

import dev.dailies.contracts.ErrorCode;
import dev.dailies.edge.RefusalException;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Versions as entity tags (RFC 9110, 8.8.3 and 13.1.1), and what is said when they differ. */
public final class Versions {
  private static final Pattern TAG = Pattern.compile("\"v([0-9]{1,18})\"");

  private Versions() {}

  public static String tag(long version) {
    return "\"v" + version + "\"";
  }

  /** The version that has to be there: by {@code If-Match}, or by the body's own field. */
  public static OptionalLong wanted(@Nullable String ifMatch, Fields body) {
    OptionalLong header = wanted(ifMatch);
    return header.isPresent()
        ? header
        : body.version().map(OptionalLong::of).orElseGet(OptionalLong::empty);
  }

  /** The version that has to be there; empty: any. */
  public static OptionalLong wanted(@Nullable String ifMatch) {
    if (ifMatch == null || ifMatch.strip().equals("*")) {
      return OptionalLong.empty();
    }
    Matcher tag = TAG.matcher(ifMatch.strip());
    if (!tag.matches()) {
      throw Fields.invalid("If-Match", "If-Match is one ETag as it was given, or *.");
    }
    return OptionalLong.of(Long.parseLong(tag.group(1)));
  }

  /** What is now, if the change was made; else its refusal. */
  public static <T> T made(Edited<T> edited, String what) {
    return switch (edited) {
      case Edited.Made<T>(T now) -> now;
      case Edited.Unknown<T>() -> throw unknown(what);
      case Edited.Outdated<T>(long version) ->
          throw new RefusalException(
                  ErrorCode.PRECONDITION_FAILED,
                  "The " + what + " was changed meanwhile; look again and repeat.")
              .header("ETag", tag(version))
              .detail("version", version);
      case Edited.TitleTaken<T>() ->
          throw new RefusalException(
                  ErrorCode.CONFLICT, "Another " + what + " has that title; choose a new one.")
              .param("title");
    };
  }

  /** The one answer to ids that are malformed, unknown or another workspace's. */
  public static RefusalException unknown(String what) {
    return new RefusalException(ErrorCode.NOT_FOUND, "There is no such " + what + ".");
  }
}
