package dev.hotupdater.login;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.stream.Collectors.toUnmodifiableMap;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.BadJWTException;
import java.security.MessageDigest;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells tokens of ours that still work from all others. Safe for use by many threads. */
final class TokenReader {
  /** The longest that is ever made has some 3,300 characters. */
  static final int MAX_LENGTH = 4_096;

  private static final Pattern FORM =
      Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]{43}");

  private static final Logger log = LoggerFactory.getLogger(TokenReader.class);

  private final UserDirectory users;
  private final ClaimsCheck claimsCheck;

  /** By the text of the header. */
  private final Map<String, JWSVerifier> verifiers;

  TokenReader(UserDirectory users, TokenTerms terms, List<TokenSecret> secrets) {
    this.users = users;
    claimsCheck = new ClaimsCheck(terms);
    verifiers =
        secrets.stream().collect(toUnmodifiableMap(TokenHeader::textOf, TokenReader::verifier));
  }

  private static JWSVerifier verifier(TokenSecret secret) {
    try {
      return new MACVerifier(secret.bytes());
    } catch (JOSEException e) {
      throw new IllegalStateException("The length of the secret was checked", e);
    }
  }

  /**
   * Whether this is a token of ours, and its user still has the password with which they signed in.
   *
   * @throws dev.hotupdater.database.DatabaseUnavailableException if the directory cannot be asked
   */
  boolean accepts(String token) {
    if (token.length() > MAX_LENGTH || !FORM.matcher(token).matches()) {
      return false;
    }
    @Nullable JWSVerifier verifier = verifiers.get(token.substring(0, token.indexOf('.')));
    return verifier != null && isGenuineAndValid(token, verifier);
  }

  private boolean isGenuineAndValid(String token, JWSVerifier verifier) {
    try {
      SignedJWT signed = SignedJWT.parse(token);
      // Nothing of the payload is looked at before.
      if (!isCanonical(signed.getSignature()) || !signed.verify(verifier)) {
        return false;
      }
      JWTClaimsSet claims = signed.getJWTClaimsSet();
      claimsCheck.verify(claims, null);
      return isOfUser(claims.getSubject(), claims.getStringClaim(TokenTerms.PASSWORD));
    } catch (BadJWTException e) {
      // Names claims, and not what they say.
      log.debug("A token was refused: {}", e.getMessage());
      return false;
    } catch (ParseException | JOSEException e) {
      return false;
    }
  }

  /** The last character has two bits that no byte uses: without this, four texts are one token. */
  private static boolean isCanonical(Base64URL signature) {
    return Base64URL.encode(signature.decode()).equals(signature);
  }

  private boolean isOfUser(String userName, String fingerprint) {
    return users
        .find(userName)
        .map(hash -> hash.fingerprint().getBytes(US_ASCII))
        .filter(expected -> MessageDigest.isEqual(expected, fingerprint.getBytes(US_ASCII)))
        .isPresent();
  }
}
