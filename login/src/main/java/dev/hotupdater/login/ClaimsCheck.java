package dev.hotupdater.login;

import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import java.time.Clock;
import java.util.Date;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks what a token says: by whom, for whom and for when it was made. */
final class ClaimsCheck extends DefaultJWTClaimsVerifier<SecurityContext> {
  private final Clock clock;

  ClaimsCheck(TokenTerms terms) {
    super(
        terms.audience(),
        new JWTClaimsSet.Builder().issuer(terms.issuer()).build(),
        Set.of("sub", "exp", TokenTerms.PASSWORD));
    setMaxClockSkew(Math.toIntExact(terms.clockSkew().toSeconds()));
    clock = terms.clock();
  }

  @Override
  public void verify(JWTClaimsSet claims, @Nullable SecurityContext context)
      throws BadJWTException {
    super.verify(claims, context);
    // To the library, a claim that is null is there, and no end means that there is none.
    for (String name : getRequiredClaims()) {
      if (claims.getClaim(name) == null) {
        throw new BadJWTException("JWT claim is null: " + name);
      }
    }
  }

  @Override
  protected Date currentTime() {
    return Date.from(clock.instant());
  }
}
