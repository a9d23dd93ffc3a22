package dev.dailies.edge;

import com.nimbusds.jose.JWSAlgorithm;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings under {@code dailies.oidc}. Without an issuer only keys are taken.
 *
 * @param issuer who signs the tokens, exactly as it stands in their {@code iss}
 * @param audience what must stand in their {@code aud}; wanted with an issuer, so that a token for
 *     another application of the same issuer opens nothing here
 * @param workspaceClaim the claim that names the workspace, where the issuer sets it
 * @param algorithms the signature algorithms that are taken; asymmetric ones only
 * @param clockSkew how far the issuer's clock may be off
 * @param keysMaxAge how long the issuer's key set is taken as fresh
 */
@ConfigurationProperties(prefix = "dailies.oidc", ignoreUnknownFields = false)
public record OidcProperties(
    @DefaultValue("") String issuer,
    @DefaultValue("") String audience,
    @DefaultValue("dailies_workspace") String workspaceClaim,
    @DefaultValue({"RS256", "PS256", "ES256"}) List<String> algorithms,
    @DefaultValue("30s") Duration clockSkew,
    @DefaultValue("5m") Duration keysMaxAge) {
  private static final Set<String> ASYMMETRIC =
      Stream.of(JWSAlgorithm.Family.RSA, JWSAlgorithm.Family.EC)
          .flatMap(Set::stream)
          .map(JWSAlgorithm::getName)
          .collect(Collectors.toUnmodifiableSet());

  public OidcProperties {
    issuer = issuer.strip();
    audience = audience.strip();
    algorithms = List.copyOf(algorithms);
    if (!ASYMMETRIC.containsAll(algorithms) || algorithms.isEmpty()) {
      throw new IllegalArgumentException("dailies.oidc.algorithms are among " + ASYMMETRIC);
    }
    if (clockSkew.isNegative() || clockSkew.compareTo(Duration.ofMinutes(5)) > 0) {
      throw new IllegalArgumentException("dailies.oidc.clock-skew lies between 0 and 5m");
    }
    if (keysMaxAge.compareTo(Duration.ofMinutes(1)) < 0) {
      throw new IllegalArgumentException("dailies.oidc.keys-max-age is at least 1m");
    }
    if (!issuer.isEmpty()) {
      requireSafe("dailies.oidc.issuer", issuer);
      if (audience.isEmpty()) {
        throw new IllegalArgumentException(
            "dailies.oidc.audience is missing: a token for another application must open nothing");
      }
    }
  }

  /** The issuer, where one is configured. */
  public Optional<String> configuredIssuer() {
    return Optional.of(issuer).filter(name -> !name.isEmpty());
  }

  /** What decides who may come in does not travel in the clear, except on this machine. */
  static void requireSafe(String name, String url) {
    URI uri = URI.create(url);
    boolean secure = "https".equals(uri.getScheme());
    if (!secure && !("http".equals(uri.getScheme()) && loopback(uri))) {
      throw new IllegalArgumentException(
          name + " is an https URL: its keys decide who may come in");
    }
  }

  private static boolean loopback(URI uri) {
    try {
      return uri.getHost() != null && InetAddress.getByName(uri.getHost()).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
