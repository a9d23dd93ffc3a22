package dev.dailies.review.moderation;

import dev.dailies.review.moderation.ModerationPolicy.ProviderUse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The providers that a policy asks, as far as they are there. */
final class Panel {
  private final List<ModerationProvider> providers;
  private final List<String> absent;

  private Panel(List<ModerationProvider> providers, List<String> absent) {
    this.providers = List.copyOf(providers);
    this.absent = List.copyOf(absent);
  }

  /** The policy's providers, in its order, from those that are configured. */
  static Panel of(ModerationPolicy policy, List<ModerationProvider> configured) {
    List<ModerationProvider> providers = new ArrayList<>();
    List<String> absent = new ArrayList<>();
    for (ProviderUse use : policy.providers()) {
      Optional<ModerationProvider> provider =
          configured.stream().filter(p -> p.name().equals(use.name())).findFirst();
      provider.ifPresent(providers::add);
      if (provider.isEmpty() && use.required()) {
        absent.add(use.name());
      }
    }
    return new Panel(providers, absent);
  }

  List<ModerationProvider> providers() {
    return providers;
  }

  /** Required by the policy, but not configured: nothing can be cleared without them. */
  List<String> absent() {
    return absent;
  }
}
