package dev.dailies.edge;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.TimeMeter;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Bounds how many keys one address can try. An address that has tried too many wrong ones is not
 * told about further ones, right or wrong; keys with which it came in within the last hour go on
 * working, so that a neighbour's mistakes lock nobody out.
 */
final class Guessing {
  private static final long MOST_REMEMBERED = 100_000;
  private static final int IPV6_NETWORK_BYTES = 8;

  private final RequestRates failures;
  private final Cache<String, Boolean> known =
      Caffeine.newBuilder()
          .maximumSize(MOST_REMEMBERED)
          .expireAfterAccess(Duration.ofHours(1))
          .build();

  Guessing(int perMinute, TimeMeter time) {
    this.failures = new RequestRates(perMinute, time);
  }

  /** How long the address has to wait before it may try that key; zero: not at all. */
  Duration pause(String address, String digest) {
    if (failures.unlimited() || known.getIfPresent(pair(address, digest)) != null) {
      return Duration.ZERO;
    }
    return failures.untilOne(network(address));
  }

  void right(String address, String digest) {
    if (!failures.unlimited()) {
      known.put(pair(address, digest), Boolean.TRUE);
    }
  }

  /** Also a key that was right before: it has been revoked. */
  void wrong(String address, String digest) {
    if (!failures.unlimited()) {
      known.invalidate(pair(address, digest));
      failures.take(network(address));
    }
  }

  private static String pair(String address, String digest) {
    return network(address) + ' ' + digest;
  }

  /** One holder of IPv6 has a whole network of addresses. */
  static String network(String address) {
    if (address.indexOf(':') < 0) {
      return address;
    }
    try {
      // A literal: no name is looked up.
      byte[] bytes = InetAddress.ofLiteral(address).getAddress();
      return bytes.length == 16
          ? HexFormat.of().formatHex(Arrays.copyOf(bytes, IPV6_NETWORK_BYTES))
          : address;
    } catch (IllegalArgumentException notAnAddress) {
      return address;
    }
  }
}
