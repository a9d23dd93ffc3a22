package dev.dailies.edge;

import dev.dailies.contracts.Sha256;
import java.util.Locale;

/**
 * How a person is recognised everywhere without being named: a digest of the issuer and of what the
 * issuer vouches for. Both the register of members and the check of a token make it here.
 */
public final class MemberIdentity {
  private MemberIdentity() {}

  /** A person by the issuer's own id, which never goes to another. */
  public static String ofSubject(String issuer, String subject) {
    return Sha256.hex(issuer + "\nsubject\n" + subject);
  }

  /** A person by a verified address; upper and lower case are the same. */
  public static String ofEmail(String issuer, String email) {
    return Sha256.hex(issuer + "\nemail\n" + email.strip().toLowerCase(Locale.ROOT));
  }
}
