package dev.dailies.prompt.feed;

import dev.dailies.contracts.ErrorCode;
import dev.dailies.contracts.GenerationId;
import dev.dailies.edge.Allow;
import dev.dailies.edge.HttpKeyCheck;
import dev.dailies.edge.Principal;
import dev.dailies.edge.RefusalException;
import dev.dailies.edge.Role;
import dev.dailies.prompt.generation.FeedKind;
import dev.dailies.prompt.generation.GenerationState;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.http.MediaType;
import org.springframework.transaction.TransactionException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * What happens, as server-sent events. Each watcher's request stays on its virtual thread, which
 * costs nothing while it waits.
 */
@RestController
@Allow({Role.PRODUCER, Role.REVIEWER, Role.MODERATOR, Role.APPROVER, Role.OPERATOR})
class EventsController {
  private static final Logger log = LoggerFactory.getLogger(EventsController.class);
  private static final String RESUME = "Last-Event-ID";
  private static final Set<String> STATES =
      Arrays.stream(GenerationState.values())
          .map(state -> state.name().toLowerCase(Locale.ROOT))
          .collect(Collectors.toUnmodifiableSet());
  private static final Set<String> TYPES =
      Arrays.stream(FeedKind.values()).map(FeedKind::wire).collect(Collectors.toUnmodifiableSet());

  private final FollowFeed feed;
  private final HttpKeyCheck keys;

  EventsController(FollowFeed feed, HttpKeyCheck keys) {
    this.feed = feed;
    this.keys = keys;
  }

  /** Of one generation, from its beginning. */
  @GetMapping(path = "/api/generations/{id}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  void ofGeneration(
      Principal principal,
      @PathVariable String id,
      @RequestParam(required = false) Optional<String> after,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    GenerationId generation =
        parse(id)
            .filter(known -> feed.knows(principal.workspace(), known))
            .orElseThrow(
                () -> new RefusalException(ErrorCode.NOT_FOUND, "There is no such video."));
    stream(principal, FeedFilter.of(generation), after, request, response);
  }

  /** Of the workspace, from now on. */
  @GetMapping(path = "/api/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  void ofWorkspace(
      Principal principal,
      @RequestParam(required = false) Optional<String> project,
      @RequestParam(required = false) Optional<String> brief,
      @RequestParam(required = false) Optional<String> shot,
      @RequestParam(defaultValue = "") List<String> state,
      @RequestParam(defaultValue = "") List<String> type,
      @RequestParam(required = false) Optional<String> after,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    FeedFilter filter =
        new FeedFilter(
            Optional.empty(),
            given(project),
            given(brief),
            given(shot),
            words(state, STATES, "state"),
            words(type, TYPES, "type"));
    stream(principal, filter, after, request, response);
  }

  private static Set<String> words(List<String> given, Set<String> known, String param) {
    Set<String> words =
        given.stream().filter(word -> !word.isBlank()).collect(Collectors.toUnmodifiableSet());
    if (!known.containsAll(words)) {
      throw new RefusalException(
              ErrorCode.INVALID_REQUEST,
              "A %s is one of %s."
                  .formatted(param, String.join(", ", known.stream().sorted().toList())))
          .param(param);
    }
    return words;
  }

  private void stream(
      Principal principal,
      FeedFilter filter,
      Optional<String> asked,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    OptionalLong after = cursor(asked, request);
    Watcher watcher = admit(principal, filter);
    try {
      FeedLog.Reach reach = feed.reach(watcher);
      HttpEventStream sink = HttpEventStream.begin(response);
      if (!request.getMethod().equals("HEAD")) {
        follow(watcher, reach, after, sink, request);
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    } finally {
      feed.leave(watcher);
    }
  }

  private Watcher admit(Principal principal, FeedFilter filter) {
    return switch (feed.admit(principal.workspace(), filter)) {
      case Watchers.Admission.Admitted(Watcher admitted) -> admitted;
      case Watchers.Admission.NotReady() ->
          throw new RefusalException(
                  ErrorCode.DATABASE_UNAVAILABLE, "The feed is not being read now; try again.")
              .header("Retry-After", "1");
      case Watchers.Admission.TooMany(int most) ->
          throw new RefusalException(
                  ErrorCode.RATE_LIMIT_EXCEEDED,
                  "This workspace has %d streams open here already.".formatted(most))
              .header("Retry-After", "5");
    };
  }

  private void follow(
      Watcher watcher,
      FeedLog.Reach reach,
      OptionalLong after,
      EventSink sink,
      HttpServletRequest request)
      throws InterruptedException {
    try {
      feed.follow(watcher, reach, after, sink, () -> isAllowed(request));
    } catch (IOException | DataAccessException | TransactionException e) {
      // The client left, or the past can't be read now: either way it resumes where it was.
      log.debug("A watcher's stream broke off", e);
    }
  }

  /** With the database away nobody can revoke, and there is nothing to tell either. */
  private boolean isAllowed(HttpServletRequest request) {
    try {
      return keys.stillValid(request);
    } catch (DataAccessException | TransactionException e) {
      log.debug("A watcher's key can't be checked now", e);
      return true;
    }
  }

  /** The header wins: a client that reconnects sends it beside the address it began with. */
  private static OptionalLong cursor(Optional<String> asked, HttpServletRequest request) {
    OptionalLong header = position(RESUME, Optional.ofNullable(request.getHeader(RESUME)));
    OptionalLong parameter = position("after", asked);
    return header.isPresent() ? header : parameter;
  }

  private static OptionalLong position(String name, Optional<String> text) {
    Optional<String> given = given(text);
    if (given.filter(value -> !value.matches("[0-9]{1,18}")).isPresent()) {
      throw new RefusalException(
              ErrorCode.INVALID_REQUEST, "Resume behind an id that an event carried: a number.")
          .param(name);
    }
    return given.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(given.get()));
  }

  private static Optional<String> given(Optional<String> text) {
    return text.filter(value -> !value.isBlank());
  }

  private static Optional<GenerationId> parse(String id) {
    try {
      return Optional.of(new GenerationId(id));
    } catch (IllegalArgumentException notAnId) {
      return Optional.empty();
    }
  }
}
