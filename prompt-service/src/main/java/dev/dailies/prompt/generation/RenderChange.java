package dev.dailies.prompt.generation;

import dev.dailies.prompt.generation.RenderNews.Detail;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What an event did to an attempt; a late or repeated one does nothing, and nobody is told. */
public record RenderChange(RenderState before, RenderState after, int was, int progress) {
  private static final int STEP = 5;

  /** What watchers are to hear of it. */
  Optional<FeedKind> kind(RenderNews news) {
    boolean further =
        news.detail() instanceof Detail.Progressed
            && !after.decided()
            && progress / STEP > was / STEP;
    if (before == after && !further) {
      return Optional.empty();
    }
    return Optional.of(
        switch (news.detail()) {
          case Detail.Claimed claimed -> FeedKind.RENDER_CLAIMED;
          case Detail.Submitted submitted -> FeedKind.RENDER_SUBMITTED;
          case Detail.Progressed progressed -> FeedKind.RENDER_PROGRESSED;
          case Detail.Parked parked -> FeedKind.RENDER_PARKED;
          case Detail.Ended ended ->
              switch (news.state()) {
                case COMPLETED -> FeedKind.RENDER_COMPLETED;
                case RELEASED -> FeedKind.RENDER_RELEASED;
                case CANCELLED -> FeedKind.RENDER_CANCELLED;
                case FAILED, QUEUED, CLAIMED, SUBMITTED, PARKED -> FeedKind.RENDER_FAILED;
              };
        });
  }

  /** The little that goes with it. */
  Map<String, Object> facts(RenderNews news) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("render", news.render().value());
    switch (news.detail()) {
      case Detail.Claimed claimed -> {}
      case Detail.Submitted submitted -> {}
      case Detail.Progressed progressed -> facts.put("progress", progress);
      case Detail.Parked parked -> facts.put("reason", parked.reason());
      case Detail.Ended ended -> {
        ended.failure().ifPresent(failure -> facts.putAll(failure.told()));
        ended.notBefore().ifPresent(time -> facts.put("not_before", time.toString()));
      }
    }
    return facts;
  }
}
