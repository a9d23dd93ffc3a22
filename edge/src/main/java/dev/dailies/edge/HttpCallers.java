package dev.dailies.edge;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.dailies.contracts.ErrorCode;
import dev.dailies.contracts.Sha256;
import jakarta.servlet.http.HttpServletRequest;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.http.HttpHeaders;

/**
 * Finds out who sends a request: by its key, or by a token of the configured issuer.
 *
 * <p>Source: RFC 6750, section 2.1; the name of the scheme is case-insensitive (RFC 9110, 11.1).
 */
final class HttpCallers {
  /** Chooses the workspace for a person who is a member of several, if the token does not. */
  static final String WORKSPACE = "dailies-workspace";

  private static final String BEARER = "Bearer ";

  private final KeyDirectory keys;
  private final OidcProperties oidc;
  private final Optional<OidcTokens> tokens;

  HttpCallers(KeyDirectory keys, OidcProperties oidc) {
    this.keys = keys;
    this.oidc = oidc;
    this.tokens = oidc.configuredIssuer().map(issuer -> new OidcTokens(oidc));
  }

  /** The key or token that the request brings; empty if it brings none. */
  static Optional<String> bearer(HttpServletRequest request) {
    return Optional.ofNullable(request.getHeader(HttpHeaders.AUTHORIZATION))
        .filter(header -> header.regionMatches(true, 0, BEARER, 0, BEARER.length()))
        .map(header -> header.substring(BEARER.length()).strip());
  }

  /**
   * Who sends it.
   *
   * @throws RefusalException 401, 403 or 503 where that is not to be found out
   */
  Principal identify(HttpServletRequest request) {
    String bearer =
        bearer(request)
            .orElseThrow(() ->
                new RefusalException(
                    ErrorCode.INVALID_API_KEY, "Send your key as 'Authorization: Bearer <key>'."));
    requireAllIsRead();
    if (tokens.isPresent() && OidcTokens.looksLikeOne(bearer)) {
      return person(tokens.get().check(bearer), request);
    }
    return keys.find(Sha256.hex(bearer))
        .orElseThrow(() ->
            new RefusalException(
                ErrorCode.INVALID_API_KEY, "This key is unknown, expired or revoked."));
  }

  /** A key that is known already may have been revoked further on, where nobody has read yet. */
  private void requireAllIsRead() {
    if (!keys.ready()) {
      throw new RefusalException(
              ErrorCode.ACCESS_NOT_READY, "The keys have not been read yet; try again.")
          .header("Retry-After", "1");
    }
  }

  private Principal person(OidcTokens.Outcome outcome, HttpServletRequest request) {
    return switch (outcome) {
      case OidcTokens.Outcome.Valid valid -> member(valid.claims(), request);
      case OidcTokens.Outcome.Invalid invalid ->
          throw new RefusalException(
              ErrorCode.INVALID_TOKEN, "The token is not taken: " + invalid.why());
      case OidcTokens.Outcome.Undecidable undecidable ->
          throw new RefusalException(
                  ErrorCode.ISSUER_UNAVAILABLE,
                  "The issuer's keys can't be read now, so that no token can be checked.")
              .header("Retry-After", "2");
    };
  }

  private Principal member(JWTClaimsSet claims, HttpServletRequest request) {
    List<Principal> memberships = memberships(claims);
    Optional<String> named = text(claims, oidc.workspaceClaim());
    Optional<String> wanted =
        named.or(() -> Optional.ofNullable(request.getHeader(WORKSPACE)).map(String::strip));
    List<Principal> chosen =
        memberships.stream()
            .filter(
                member -> wanted.map(name -> name.equals(member.workspace().value())).orElse(true))
            .toList();
    if (chosen.isEmpty()) {
      throw new RefusalException(
          ErrorCode.NOT_A_MEMBER,
          "You are signed in, but no active member of the workspace; its owner can add you.");
    }
    if (chosen.size() > 1) {
      throw new RefusalException(
              ErrorCode.INVALID_REQUEST,
              "You are a member of several workspaces; name one in the header Dailies-Workspace.")
          .param(WORKSPACE)
          .detail(
              "workspaces",
              chosen.stream().map(member -> member.workspace().value()).sorted().toList());
    }
    return chosen.getFirst();
  }

  /** By the issuer's id first: an address may pass from one person to another. */
  private List<Principal> memberships(JWTClaimsSet claims) {
    String subject = Objects.requireNonNull(claims.getSubject());
    List<Principal> all =
        new ArrayList<>(keys.findMemberships(MemberIdentity.ofSubject(oidc.issuer(), subject)));
    if (verified(claims)) {
      text(claims, "email").stream()
          .flatMap(
              email -> keys.findMemberships(MemberIdentity.ofEmail(oidc.issuer(), email)).stream())
          .filter(member ->
              all.stream().noneMatch(known -> known.workspace().equals(member.workspace())))
          .toList()
          .forEach(all::add);
    }
    return all;
  }

  private static boolean verified(JWTClaimsSet claims) {
    try {
      return Boolean.TRUE.equals(claims.getBooleanClaim("email_verified"));
    } catch (ParseException notTrueOrFalse) {
      return false;
    }
  }

  private static Optional<String> text(JWTClaimsSet claims, String name) {
    return Optional.ofNullable(claims.getClaim(name))
        .filter(String.class::isInstance)
        .map(String.class::cast)
        .filter(value -> !value.isBlank());
  }
}
