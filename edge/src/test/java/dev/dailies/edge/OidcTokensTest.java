package dev.dailies.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import dev.dailies.edge.OidcTokens.Outcome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which tokens are taken while the issuer changes its keys, names others, or is away. */
class OidcTokensTest {
  private volatile int status = 200;
  private volatile List<RSAKey> published = List.of();
  private volatile String keysAt = "";
  private HttpServer server;
  private String issuer;
  private OidcTokens tokens;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    issuer = "http://127.0.0.1:" + server.getAddress().getPort();
    keysAt = issuer + "/keys";
    answer(
        "/.well-known/openid-configuration",
        () -> "{\"issuer\":\"%s\",\"jwks_uri\":\"%s\"}".formatted(issuer, keysAt));
    answer("/keys", () -> new JWKSet(List.copyOf(published)).toPublicJWKSet().toString());
    server.start();
    tokens =
        new OidcTokens(
            new OidcProperties(
                issuer,
                "dailies",
                "w",
                List.of("RS256"),
                Duration.ofSeconds(30),
                Duration.ofMinutes(5)));
  }

  private void answer(String path, java.util.function.Supplier<String> text) {
    server.createContext(
        path,
        exchange -> {
          byte[] body = text.get().getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(status, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private static RSAKey fresh() throws JOSEException {
    return new RSAKeyGenerator(2048).keyID(UUID.randomUUID().toString()).generate();
  }

  private JWTClaimsSet claims(long secondsFromNow) {
    return new JWTClaimsSet.Builder()
        .issuer(issuer)
        .audience("dailies")
        .subject("ann")
        .expirationTime(Date.from(Instant.now().plusSeconds(secondsFromNow)))
        .build();
  }

  private String signed(RSAKey key, JWTClaimsSet claims) throws JOSEException {
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.RS256)
                .type(JOSEObjectType.JWT)
                .keyID(key.getKeyID())
                .build(),
            claims);
    token.sign(new RSASSASigner(key));
    return token.serialize();
  }

  private Class<?> verdict(String token) {
    return tokens.check(token).getClass();
  }

  @Test
  void a_new_key_of_the_issuer_is_good_at_once_and_an_invented_one_never() throws Exception {
    RSAKey first = fresh();
    RSAKey second = fresh();
    RSAKey invented = fresh();
    published = List.of(first);
    assertThat(verdict(signed(first, claims(60)))).isEqualTo(Outcome.Valid.class);

    published = List.of(second);
    assertThat(verdict(signed(second, claims(60)))).isEqualTo(Outcome.Valid.class);
    assertThat(verdict(signed(first, claims(60)))).isNotEqualTo(Outcome.Valid.class);

    for (int i = 0; i < 5; i++) {
      assertThat(verdict(signed(invented, claims(60)))).isNotEqualTo(Outcome.Valid.class);
    }
    RSAKey sameName = new RSAKey.Builder(invented).keyID(second.getKeyID()).build();
    assertThat(verdict(signed(sameName, claims(60)))).isEqualTo(Outcome.Invalid.class);
    assertThat(verdict(signed(second, claims(60)))).isEqualTo(Outcome.Valid.class);
  }

  @Test
  void the_clock_may_be_off_a_little_and_the_public_key_is_no_secret() throws Exception {
    RSAKey key = fresh();
    published = List.of(key);
    assertThat(verdict(signed(key, claims(-20)))).isEqualTo(Outcome.Valid.class);
    assertThat(verdict(signed(key, claims(-40)))).isEqualTo(Outcome.Invalid.class);
    JWTClaimsSet endless = new JWTClaimsSet.Builder(claims(60)).expirationTime(null).build();
    assertThat(verdict(signed(key, endless))).isEqualTo(Outcome.Invalid.class);
    JWTClaimsSet nobody = new JWTClaimsSet.Builder(claims(60)).subject(null).build();
    assertThat(verdict(signed(key, nobody))).isEqualTo(Outcome.Invalid.class);

    SignedJWT confused =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(key.getKeyID()).build(), claims(60));
    confused.sign(new MACSigner(key.toRSAPublicKey().getEncoded()));
    assertThat(verdict(confused.serialize())).isEqualTo(Outcome.Invalid.class);
  }

  @Test
  void an_issuer_that_comes_back_is_asked_again_and_keys_in_the_clear_are_not_read()
      throws Exception {
    RSAKey key = fresh();
    published = List.of(key);
    status = 503;
    assertThat(verdict(signed(key, claims(60)))).isEqualTo(Outcome.Undecidable.class);
    status = 200;
    keysAt = "http://issuer.example/keys";
    String token = signed(key, claims(60));
    await()
        .during(Duration.ofMillis(2200))
        .atMost(Duration.ofSeconds(5))
        .until(() -> verdict(token).equals(Outcome.Undecidable.class));
    keysAt = issuer + "/keys";
    await().atMost(Duration.ofSeconds(6)).until(() -> verdict(token).equals(Outcome.Valid.class));
    server.stop(0);
    assertThat(verdict(token)).isEqualTo(Outcome.Valid.class);
  }
}
