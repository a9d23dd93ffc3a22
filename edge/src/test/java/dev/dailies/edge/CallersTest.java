package dev.dailies.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.dailies.contracts.WorkspaceId;
import dev.dailies.contracts.event.ActorKind;
import dev.dailies.testkit.TestDatabase;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.token.DefaultOAuth2TokenCallback;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** People with tokens of a real issuer, keys with scopes, and those who ask too much. */
class CallersTest {
  private static final MockOAuth2Server ISSUER = new MockOAuth2Server();
  private static final String REALM = "studio";
  private static final int A_MINUTE = 60;

  private static EdgeFixture service;
  private static String issuer;

  @BeforeAll
  static void start() {
    ISSUER.start();
    issuer = ISSUER.issuerUrl(REALM).toString();
    service =
        EdgeFixture.start(
            TestDatabase.fresh("callers"),
            List.of(
                "--dailies.oidc.issuer=" + issuer,
                "--dailies.oidc.audience=dailies",
                "--dailies.rate-limit.requests-per-minute=" + A_MINUTE,
                "--dailies.rate-limit.failures-per-minute=30"));
    member("ann", "acme", Role.PRODUCER);
    member("bob", "acme", Role.MODERATOR);
    member("bob", "globex", Role.PRODUCER);
    EdgeFixture.MEMBERS.put(
        MemberIdentity.ofEmail(issuer, "Cy@Studio.example"),
        List.of(person("cy", "acme", Role.PRODUCER)));
  }

  @AfterAll
  static void stop() {
    service.close();
    ISSUER.shutdown();
  }

  private static void member(String subject, String workspace, Role role) {
    EdgeFixture.MEMBERS.merge(
        MemberIdentity.ofSubject(issuer, subject),
        List.of(person(subject, workspace, role)),
        (before, more) -> java.util.stream.Stream.of(before, more).flatMap(List::stream).toList());
  }

  private static Principal person(String name, String workspace, Role role) {
    return new Principal(
        new WorkspaceId(workspace), "mem of " + name, ActorKind.PERSON, Set.of(role), Set.of());
  }

  private static String token(String subject, Map<String, Object> claims) {
    return token(REALM, subject, "dailies", claims, 300);
  }

  private static String token(
      String realm, String subject, String audience, Map<String, Object> claims, long seconds) {
    return ISSUER
        .issueToken(
            realm,
            "console",
            new DefaultOAuth2TokenCallback(
                realm, subject, "JWT", List.of(audience), claims, seconds))
        .serialize();
  }

  private static HttpResponse<String> show(String bearer, String... headers) throws Exception {
    return service.call("GET", "/api/things/x", bearer, headers);
  }

  private static String code(HttpResponse<String> answer) {
    return answer.statusCode()
        + " "
        + answer.body().replaceAll("(?s).*\"code\":\"(\\w+)\".*", "$1");
  }

  @Test
  void a_person_is_its_member_and_has_its_roles() throws Exception {
    HttpResponse<String> answer = show(token("ann", Map.of()));
    assertThat(answer.body()).isEqualTo("[\"acme\",\"mem of ann\",\"x\"]");
    assertThat(code(service.call("GET", "/api/judged", token("ann", Map.of()))))
        .isEqualTo("403 forbidden");
    assertThat(code(show(token("nobody", Map.of())))).isEqualTo("403 not_a_member");
  }

  @Test
  void a_verified_address_is_the_person_too_and_an_unverified_one_is_nobody() throws Exception {
    Map<String, Object> claims = new HashMap<>(Map.of("email", "cy@studio.EXAMPLE"));
    assertThat(code(show(token("new-subject", claims)))).isEqualTo("403 not_a_member");
    claims.put("email_verified", "true");
    assertThat(code(show(token("new-subject", claims)))).isEqualTo("403 not_a_member");
    claims.put("email_verified", true);
    assertThat(show(token("new-subject", claims)).body()).contains("mem of cy");
  }

  @Test
  void of_several_workspaces_one_is_named_by_the_token_or_else_by_the_request() throws Exception {
    String open = token("bob", Map.of());
    HttpResponse<String> which = show(open);
    assertThat(code(which)).isEqualTo("400 invalid_request");
    assertThat(which.body()).contains("\"workspaces\":[\"acme\",\"globex\"]");
    assertThat(show(open, "Dailies-Workspace", "globex").body()).contains("\"globex\"");
    assertThat(code(show(open, "Dailies-Workspace", "other"))).isEqualTo("403 not_a_member");
    String bound = token("bob", Map.of("dailies_workspace", "globex"));
    assertThat(show(bound, "Dailies-Workspace", "acme").body()).contains("\"globex\"");
    String elsewhere = token("ann", Map.of("dailies_workspace", "globex"));
    assertThat(code(show(elsewhere))).isEqualTo("403 not_a_member");
  }

  @Test
  void what_the_issuer_did_not_sign_for_us_and_for_now_opens_nothing() throws Exception {
    String good = token("ann", Map.of());
    JWTClaimsSet claims = SignedJWT.parse(good).getJWTClaimsSet();
    SignedJWT symmetric =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.HS256).type(JOSEObjectType.JWT).build(), claims);
    symmetric.sign(
        new MACSigner("0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8)));
    String payload = good.split("\\.")[1];
    String other = token("bob", Map.of()).split("\\.")[1];
    for (String wrong :
        List.of(
            token(REALM, "ann", "payroll", Map.of(), 300),
            token("elsewhere", "ann", "dailies", Map.of(), 300),
            token(REALM, "ann", "dailies", Map.of(), -60),
            token(
                REALM,
                "ann",
                "dailies",
                Map.of("nbf", Date.from(Instant.now().plusSeconds(600))),
                300),
            new PlainJWT(claims).serialize() + "x",
            symmetric.serialize(),
            good.replace(payload, other),
            good.substring(0, good.length() - 20) + "AAAAAAAAAAAAAAAAAAAA")) {
      HttpResponse<String> refused = show(wrong);
      assertThat(code(refused)).as(wrong).isEqualTo("401 invalid_token");
      assertThat(refused.headers().firstValue("WWW-Authenticate"))
          .contains("Bearer error=\"invalid_token\"");
    }
    assertThat(show(good).statusCode()).isEqualTo(200);
  }

  @Test
  void nobody_is_let_in_before_all_has_been_read_however_well_known() throws Exception {
    EdgeFixture.read = false;
    try {
      for (String bearer : List.of("owner", "unheard-of", token("ann", Map.of()))) {
        HttpResponse<String> answer = show(bearer);
        assertThat(code(answer)).isEqualTo("503 access_not_ready");
        assertThat(answer.headers().firstValue("Retry-After")).contains("1");
      }
      assertThat(show("").statusCode()).isIn(401, 503);
      assertThat(service.call("GET", "/actuator/health/access", "").statusCode()).isEqualTo(503);
    } finally {
      EdgeFixture.read = true;
    }
    assertThat(show("owner").statusCode()).isEqualTo(200);
    assertThat(service.call("GET", "/actuator/health/access", "").statusCode()).isEqualTo(200);
  }

  @Test
  void an_issuer_that_is_away_makes_tokens_undecidable_and_leaves_keys_alone() throws Exception {
    OidcTokens tokens = new OidcTokens(settings("http://127.0.0.1:1/nobody", "dailies"));
    assertThat(tokens.check(token("ann", Map.of())))
        .isInstanceOf(OidcTokens.Outcome.Undecidable.class);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings("http://issuer.example/realm", "dailies"));
    assertThatIllegalArgumentException().isThrownBy(() -> settings(issuer, ""));
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            new OidcProperties(
                issuer, "dailies", "w", List.of("HS256"), Duration.ZERO, Duration.ofMinutes(5)));
  }

  private static OidcProperties settings(String issuer, String audience) {
    return new OidcProperties(
        issuer, audience, "w", List.of("RS256"), Duration.ZERO, Duration.ofMinutes(5));
  }

  @Test
  void a_key_that_only_reads_is_kept_from_writing_and_a_scope_of_a_later_build_from_all()
      throws Exception {
    assertThat(show("reader").statusCode()).isEqualTo(200);
    assertThat(service.call("HEAD", "/v1/things/x", "reader").statusCode()).isEqualTo(200);
    assertThat(code(service.call("POST", "/v1/things", "reader"))).isEqualTo("403 forbidden");
    assertThat(code(show("later"))).isEqualTo("403 forbidden");
  }

  @Test
  void who_asks_too_much_is_told_when_to_come_back() throws Exception {
    HttpResponse<String> first = service.call("GET", "/v1/things/x", "hasty");
    assertThat(first.headers().firstValue("x-ratelimit-limit-requests")).contains("60");
    assertThat(first.headers().firstValue("x-ratelimit-remaining-requests")).contains("59");
    assertThat(first.headers().firstValue("x-ratelimit-reset-requests"))
        .hasValueSatisfying(reset -> assertThat(reset).matches("1s|9\\d\\dms"));
    HttpResponse<String> fault = service.call("GET", "/v1/fault/other", "hasty");
    assertThat(fault.statusCode()).isEqualTo(500);
    assertThat(fault.headers().allValues("x-ratelimit-limit-requests")).containsExactly("60");

    HttpResponse<String> last = first;
    for (int i = 0; i < 2 * A_MINUTE && last.statusCode() == 200; i++) {
      last = service.call("GET", "/v1/things/x", "hasty");
    }
    assertThat(code(last)).isEqualTo("429 rate_limit_exceeded");
    assertThat(last.body()).contains("\"type\":\"rate_limit_error\"");
    assertThat(last.headers().firstValue("x-should-retry")).isEmpty();
    assertThat(last.headers().firstValue("Retry-After")).contains("1");
    assertThat(last.headers().firstValueAsLong("retry-after-ms").orElse(0)).isBetween(1L, 1000L);
    assertThat(last.headers().allValues("x-ratelimit-remaining-requests")).containsExactly("0");
    assertThat(service.call("GET", "/v1/things/x", "owner").statusCode()).isEqualTo(200);
  }
}
