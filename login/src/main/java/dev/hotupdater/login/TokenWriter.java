package dev.hotupdater.login;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Instant;
import java.util.Date;

/** Makes tokens. Safe for use by many threads. */
final class TokenWriter {
  private final TokenTerms terms;
  private final JWSHeader header;
  private final JWSSigner signer;

  TokenWriter(TokenTerms terms, TokenSecret secret) {
    this.terms = terms;
    header = TokenHeader.of(secret);
    try {
      signer = new MACSigner(secret.bytes());
    } catch (JOSEException e) {
      throw new IllegalStateException("The length of the secret was checked", e);
    }
  }

  /** A token for a user who has this password hash. */
  String token(String userName, PasswordHash hash) {
    Instant now = terms.clock().instant();
    JWTClaimsSet claims =
        new JWTClaimsSet.Builder()
            .issuer(terms.issuer())
            .audience(terms.audience())
            .subject(userName)
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plus(terms.lifetime())))
            .claim(TokenTerms.PASSWORD, hash.fingerprint())
            .build();
    SignedJWT token = new SignedJWT(header, claims);
    try {
      token.sign(signer);
    } catch (JOSEException e) {
      throw new IllegalStateException("The token could not be signed", e);
    }
    return token.serialize();
  }
}
