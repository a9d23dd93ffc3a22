package dev.dailies.edge;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;

/**
 * How much each caller has asked for of late: a token bucket per caller, filled evenly, that holds
 * one minute's worth. In this process's memory; what has not been asked for in a while is
 * forgotten, and would be full again.
 */
final class RequestRates {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final long MOST_REMEMBERED = 100_000;

  private final int perMinute;
  private final TimeMeter time;
  private final Cache<String, Bucket> buckets =
      Caffeine.newBuilder()
          .maximumSize(MOST_REMEMBERED)
          .expireAfterAccess(MINUTE.multipliedBy(2))
          .build();

  /**
   * What is left after a request.
   *
   * @param granted whether it may go on
   * @param limit most in a minute
   * @param remaining how many could follow at once
   * @param full when all of them could
   * @param pause until one can; zero if granted
   */
  record Share(boolean granted, int limit, long remaining, Duration full, Duration pause) {}

  RequestRates(int perMinute, TimeMeter time) {
    this.perMinute = perMinute;
    this.time = time;
  }

  boolean unlimited() {
    return perMinute == 0;
  }

  /** Takes one from the caller's share. */
  Share take(String caller) {
    ConsumptionProbe probe = bucket(caller).tryConsumeAndReturnRemaining(1);
    return new Share(
        probe.isConsumed(),
        perMinute,
        probe.getRemainingTokens(),
        Duration.ofNanos(probe.getNanosToWaitForReset()),
        Duration.ofNanos(probe.getNanosToWaitForRefill()));
  }

  /** How long until one can be taken; zero: now. */
  Duration untilOne(String caller) {
    return Duration.ofNanos(bucket(caller).estimateAbilityToConsume(1).getNanosToWaitForRefill());
  }

  private Bucket bucket(String caller) {
    return buckets.get(caller, unseen -> fresh());
  }

  private Bucket fresh() {
    return Bucket.builder()
        .addLimit(limit -> limit.capacity(perMinute).refillGreedy(perMinute, MINUTE))
        .withCustomTimePrecision(time)
        .build();
  }
}
