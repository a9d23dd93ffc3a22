package dev.dailies.prompt.generation;

import dev.dailies.prompt.generation.GenerationDetail.Attempt;
import dev.dailies.prompt.generation.GenerationDetail.Facts;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How {@code /api/generations} shows a generation. Names in snake case, times as RFC 3339. */
final class GenerationJson {
  private GenerationJson() {}

  static Map<String, Object> of(GenerationDetail detail) {
    Generation generation = detail.generation();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", generation.id().value());
    json.put("workspace", generation.workspace().value());
    json.put("shot", generation.shot().value());
    json.put("pool", generation.pool().value());
    json.put("state", word(generation.state()));
    json.put("cancelling", generation.cancelling() && !generation.state().ended());
    json.put("cancelled_too_late", detail.cancelledTooLate());
    json.put("specification", SpecificationView.of(detail.form(), detail.words()));
    json.put("lineage", lineage(detail));
    json.put("metadata", new TreeMap<>(detail.metadata()));
    json.put("times", times(detail));
    json.put("holds", detail.holds().stream().map(GenerationJson::hold).toList());
    json.put("renders", detail.attempts().stream().map(GenerationJson::render).toList());
    json.put("render", detail.render().orElse(null));
    json.put("asset", detail.asset().orElse(null));
    json.put("facts", facts(detail.facts()));
    json.put("cost", cost(detail));
    json.put("failure", detail.failure().map(GenerationJson::failure).orElse(null));
    json.put("erased_at", time(detail.erasure().flatMap(GenerationDetail.Erasure::erasedAt)));
    json.put("erasure", detail.erasure().map(GenerationJson::erasure).orElse(null));
    return json;
  }

  private static Map<String, Object> erasure(GenerationDetail.Erasure erasure) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("asked_at", erasure.askedAt().toString());
    json.put("media_removed_at", time(erasure.mediaRemovedAt()));
    json.put("reviews_removed_at", time(erasure.reviewsRemovedAt()));
    return json;
  }

  /** The same each time it is answered: no state. */
  static Map<String, Object> accepted(Submission.Accepted accepted) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("shot", accepted.first().shot().value());
    json.put("accepted_at", accepted.first().acceptedAt().toString());
    json.put("generations", accepted.made().stream().map(GenerationJson::made).toList());
    return json;
  }

  private static Map<String, Object> made(Submission.Made made) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", made.id().value());
    json.put("shot", made.shot().value());
    json.put("variation", made.specification().form().variation());
    json.put("seed", made.specification().form().seed().orElse(null));
    return json;
  }

  /** Both ways: what it was made of, and what was made of it. */
  private static Map<String, Object> lineage(GenerationDetail detail) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("sources", detail.form().sources().stream().map(SpecificationView::source).toList());
    json.put("derived", detail.derived().stream().map(GenerationJson::derived).toList());
    return json;
  }

  private static Map<String, Object> derived(SourceStore.Derived derived) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", derived.id().value());
    json.put("operation", derived.operation().toLowerCase(Locale.ROOT));
    json.put("state", word(derived.state()));
    return json;
  }

  private static Map<String, Object> times(GenerationDetail detail) {
    Map<String, Object> json = new LinkedHashMap<>();
    List<Attempt> attempts = detail.attempts();
    json.put("accepted_at", detail.generation().acceptedAt().toString());
    json.put("released_at", time(attempts.stream().map(Attempt::mintedAt).findFirst()));
    json.put("claimed_at", time(first(attempts.stream().flatMap(a -> a.claimedAt().stream()))));
    json.put("submitted_at", time(first(attempts.stream().flatMap(a -> a.submittedAt().stream()))));
    json.put(
        "rendered_at",
        time(
            attempts.stream()
                .filter(a -> a.state() == RenderState.COMPLETED)
                .flatMap(a -> a.endedAt().stream())
                .max(Comparator.naturalOrder())));
    json.put("checked_at", time(detail.facts().flatMap(Facts::technicalAt)));
    json.put("moderated_at", time(detail.facts().flatMap(Facts::moderationAt)));
    json.put(
        "viewable_at",
        time(
            detail
                .facts()
                .filter(f -> f.view().equals(Optional.of("VIEWABLE")))
                .flatMap(Facts::viewAt)));
    json.put("cancel_asked_at", time(detail.generation().cancelAskedAt()));
    json.put("ended_at", time(detail.endedAt()));
    return json;
  }

  private static Optional<Instant> first(Stream<Instant> times) {
    return times.min(Comparator.naturalOrder());
  }

  private static Map<String, Object> hold(Hold hold) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", hold.name());
    json.put("until", time(hold.until()));
    return json;
  }

  private static Map<String, Object> render(Attempt attempt) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", attempt.id().value());
    json.put("attempt", attempt.attempt());
    json.put("state", word(attempt.state()));
    json.put("reason", attempt.reason());
    json.put("progress", attempt.progress());
    json.put("worker", attempt.worker().orElse(null));
    json.put("endpoint", attempt.endpoint().orElse(null));
    json.put("vendor_id", attempt.vendorId().orElse(null));
    json.put("minted_at", attempt.mintedAt().toString());
    json.put("claimed_at", time(attempt.claimedAt()));
    json.put("submitted_at", time(attempt.submittedAt()));
    json.put("parked_at", time(attempt.parkedAt()));
    json.put("park_reason", attempt.parkReason().orElse(null));
    json.put("ended_at", time(attempt.endedAt()));
    json.put("not_before", time(attempt.notBefore()));
    json.put("failure", attempt.failure().map(GenerationJson::failure).orElse(null));
    json.put("cost", attempt.cost().map(GenerationJson::spent).orElse(null));
    return json;
  }

  private static Map<String, Object> facts(Optional<Facts> facts) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("technical", fact(facts.flatMap(Facts::technical), "pending"));
    json.put("finding", facts.flatMap(Facts::finding).filter(f -> !f.equals("none")).orElse(null));
    json.put("moderation", fact(facts.flatMap(Facts::moderation), "pending"));
    json.put("viewable", facts.flatMap(Facts::view).equals(Optional.of("VIEWABLE")));
    json.put("selection", fact(facts.flatMap(Facts::selection), "open"));
    json.put("approval", fact(facts.flatMap(Facts::approval), "open"));
    return json;
  }

  private static String fact(Optional<String> value, String otherwise) {
    return value.map(v -> v.toLowerCase(Locale.ROOT)).orElse(otherwise);
  }

  private static Map<String, Object> cost(GenerationDetail detail) {
    Map<String, BigDecimal> byCurrency = new TreeMap<>();
    detail.attempts().stream()
        .flatMap(attempt -> attempt.cost().stream())
        .forEach(spent -> byCurrency.merge(spent.currency(), spent.amount(), BigDecimal::add));
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("estimated", detail.estimate().map(e -> money(e.amount(), e.currency())).orElse(null));
    json.put(
        "spent", byCurrency.entrySet().stream().map(e -> money(e.getValue(), e.getKey())).toList());
    return json;
  }

  private static Map<String, Object> spent(Spent spent) {
    Map<String, Object> json = money(spent.amount(), spent.currency());
    json.put("basis", word(spent.basis()));
    return json;
  }

  /** Amounts are texts: a client that reads numbers as floating point loses none. */
  private static Map<String, Object> money(BigDecimal amount, String currency) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("amount", amount.toPlainString());
    json.put("currency", currency);
    return json;
  }

  private static Map<String, Object> failure(FailureFacts failure) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("kind", word(failure.kind()));
    json.put("retry", word(failure.retry()));
    json.put("billing", word(failure.billing()));
    json.put("code", failure.code());
    return json;
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static @Nullable String time(Optional<Instant> time) {
    return time.map(Instant::toString).orElse(null);
  }
}
