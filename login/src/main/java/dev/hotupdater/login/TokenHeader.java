package dev.hotupdater.login;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.util.Base64URL;
import java.text.ParseException;

/**
 * The header of the tokens that a secret signs. It is always the same text, so a token is known by
 * it without reading it: neither an algorithm nor a key ever comes from what a client has sent.
 */
final class TokenHeader {
  private TokenHeader() {}

  static JWSHeader of(TokenSecret secret) {
    String json = "{\"alg\":\"HS256\",\"typ\":\"JWT\",\"kid\":\"" + secret.keyId() + "\"}";
    try {
      return JWSHeader.parse(Base64URL.encode(json));
    } catch (ParseException e) {
      throw new IllegalStateException("The header was written by hand", e);
    }
  }

  /** The first of the three parts of such tokens. */
  static String textOf(TokenSecret secret) {
    return of(secret).toBase64URL().toString();
  }
}
