package dev.dailies.edge;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jose.util.health.HealthStatus;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks the tokens of one OpenID Connect issuer, with nobody asked per token: the issuer is asked
 * for where its keys are when the first token comes, and for its keys when they are not known or
 * old. An issuer that is away delays nothing but unknown keys.
 *
 * <p>Sources: OpenID Connect Discovery 1.0; RFC 7519; RFC 8725 (algorithms are allowed by name,
 * audience and issuer are compared, and the token's type is looked at); RFC 9068 ({@code at+jwt}).
 */
final class OidcTokens {
  private static final Logger log = LoggerFactory.getLogger(OidcTokens.class);
  private static final Pattern SHAPE = Pattern.compile("eyJ[\\w-]+\\.[\\w-]+\\.[\\w-]+");
  private static final int LONGEST_TOKEN = 16_384;
  private static final int LONGEST_DOCUMENT = 512 * 1024;
  private static final int PATIENCE_MILLIS = 2_000;
  private static final Duration BETWEEN_ATTEMPTS = Duration.ofSeconds(2);

  /** What became of a token. */
  sealed interface Outcome {
    /** Signed by the issuer for us, and in time. */
    record Valid(JWTClaimsSet claims) implements Outcome {}

    /** Not to be trusted. */
    record Invalid(String why) implements Outcome {}

    /** Nobody can tell: the issuer's keys are not to be had. */
    record Undecidable() implements Outcome {}
  }

  private final OidcProperties properties;
  private final DefaultResourceRetriever retriever =
      new DefaultResourceRetriever(PATIENCE_MILLIS, PATIENCE_MILLIS, LONGEST_DOCUMENT);
  private final ReentrantLock discovering = new ReentrantLock();
  private volatile @Nullable DefaultJWTProcessor<SecurityContext> processor;
  private volatile long failedAt = System.nanoTime() - BETWEEN_ATTEMPTS.toNanos();

  OidcTokens(OidcProperties properties) {
    this.properties = properties;
  }

  /** Whether what a client brings is a token, not a key. */
  static boolean looksLikeOne(String bearer) {
    return SHAPE.matcher(bearer).matches();
  }

  Outcome check(String token) {
    if (token.length() > LONGEST_TOKEN) {
      return new Outcome.Invalid("it is too long");
    }
    Optional<DefaultJWTProcessor<SecurityContext>> ready = discovered();
    if (ready.isEmpty()) {
      return new Outcome.Undecidable();
    }
    try {
      return new Outcome.Valid(ready.get().process(token, null));
    } catch (KeySourceException e) {
      log.warn("The keys of {} can't be read: {}", properties.issuer(), e.getMessage());
      return new Outcome.Undecidable();
    } catch (ParseException | BadJOSEException | JOSEException e) {
      // The library's own words: they name the claim, never a secret.
      return new Outcome.Invalid(String.valueOf(e.getMessage()));
    }
  }

  private Optional<DefaultJWTProcessor<SecurityContext>> discovered() {
    DefaultJWTProcessor<SecurityContext> known = processor;
    if (known != null) {
      return Optional.of(known);
    }
    discovering.lock();
    try {
      if (processor == null && System.nanoTime() - failedAt >= BETWEEN_ATTEMPTS.toNanos()) {
        processor = processorOf(keySource(discover()));
      }
    } catch (IOException | ParseException | IllegalArgumentException e) {
      failedAt = System.nanoTime();
      log.warn("{} does not say where its keys are: {}", properties.issuer(), e.toString());
    } finally {
      discovering.unlock();
    }
    return Optional.ofNullable(processor);
  }

  private URL discover() throws IOException, ParseException {
    String base = properties.issuer().replaceAll("/+$", "");
    String document =
        retriever.retrieveResource(url(base + "/.well-known/openid-configuration")).getContent();
    Map<String, Object> configuration = JSONObjectUtils.parse(document);
    if (!properties.issuer().equals(configuration.get("issuer"))) {
      throw new IllegalArgumentException(
          "the document is of another issuer: " + configuration.get("issuer"));
    }
    String keys = String.valueOf(configuration.get("jwks_uri"));
    OidcProperties.requireSafe("the issuer's jwks_uri", keys);
    return url(keys);
  }

  private static URL url(String text) throws MalformedURLException {
    return URI.create(text).toURL();
  }

  private JWKSource<SecurityContext> keySource(URL keys) {
    return JWKSourceBuilder.create(keys, retriever)
        .cache(properties.keysMaxAge().toMillis(), Duration.ofSeconds(5).toMillis())
        .retrying(true)
        // An unknown key id makes us ask again, but a flood of invented ones must not.
        .rateLimited(
            Duration.ofSeconds(10).toMillis(),
            report -> log.warn("{} is not asked again so soon", properties.issuer()))
        .outageTolerant(Duration.ofHours(4).toMillis())
        .healthReporting(report -> {
          if (report.getHealthStatus() == HealthStatus.NOT_HEALTHY) {
            log.warn("The keys of {} could not be renewed", properties.issuer());
          }
        })
        .build();
  }

  private DefaultJWTProcessor<SecurityContext> processorOf(JWKSource<SecurityContext> keys) {
    Set<JWSAlgorithm> allowed =
        properties.algorithms().stream().map(JWSAlgorithm::parse).collect(Collectors.toSet());
    DefaultJWTClaimsVerifier<SecurityContext> claims =
        new DefaultJWTClaimsVerifier<>(
            Set.of(properties.audience()),
            new JWTClaimsSet.Builder().issuer(properties.issuer()).build(),
            Set.copyOf(List.of("sub", "exp")),
            Set.of());
    claims.setMaxClockSkew(Math.toIntExact(properties.clockSkew().toSeconds()));
    DefaultJWTProcessor<SecurityContext> made = new DefaultJWTProcessor<>();
    made.setJWSTypeVerifier(
        new DefaultJOSEObjectTypeVerifier<>(
            JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
    made.setJWSKeySelector(new JWSVerificationKeySelector<>(allowed, keys));
    made.setJWTClaimsSetVerifier(claims);
    return made;
  }
}
