package dev.dailies.worker.endpoint;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Fits a request to a model's offer: the next length that is not shorter, the nearest size of the
 * same orientation. Each difference is reported; what can't be fitted is refused, never delivered
 * as something else.
 */
public final class OfferNegotiator {
  /** A picture may change its proportions by no more than this when its size is adjusted. */
  private static final double ASPECT_TOLERANCE = 0.12;

  private OfferNegotiator() {}

  public static Negotiation negotiate(RenderRequest request, ModelOffer offer) {
    List<Adjusted> adjustments = new ArrayList<>();
    Optional<FrameSize> size = fit(request.size(), offer.sizes());
    if (size.isEmpty()) {
      return new Negotiation.Unsupported("size");
    }
    if (!size.get().equals(request.size())) {
      adjustments.add(
          new Adjusted("size", request.size().toString(), size.get().toString(), "model_sizes"));
    }
    Optional<Duration> length = fit(request.made(), offer.lengths());
    if (length.isEmpty()) {
      return new Negotiation.Unsupported("length");
    }
    if (!length.get().equals(request.made())) {
      adjustments.add(
          new Adjusted("length", seconds(request.made()), seconds(length.get()), "model_lengths"));
    }
    Sound sound = request.sound();
    if (!offer.sound() && (sound == Sound.AMBIENCE || sound == Sound.FULL)) {
      adjustments.add(new Adjusted("audio", sound.name(), Sound.NONE.name(), "model_is_silent"));
      sound = Sound.NONE;
    }
    return new Negotiation.Agreed(
        new Plan(
            request.with(size.get(), request.kept().plus(length.get()), sound),
            adjustments,
            offer.priceOf(length.get())));
  }

  private static Optional<FrameSize> fit(FrameSize asked, List<FrameSize> sizes) {
    if (sizes.isEmpty() || sizes.contains(asked)) {
      return Optional.of(asked);
    }
    return sizes.stream()
        .filter(size -> size.portrait() == asked.portrait())
        .filter(size -> Math.abs(size.aspect() / asked.aspect() - 1) <= ASPECT_TOLERANCE)
        .min(Comparator.comparingLong(size -> Math.abs(size.pixels() - asked.pixels())));
  }

  private static Optional<Duration> fit(Duration asked, List<Duration> lengths) {
    if (lengths.isEmpty()) {
      return Optional.of(asked);
    }
    return lengths.stream().filter(length -> length.compareTo(asked) >= 0).findFirst();
  }

  private static String seconds(Duration length) {
    return length.toMillis() % 1000 == 0
        ? Long.toString(length.toSeconds())
        : Double.toString(length.toMillis() / 1000.0);
  }
}
