package dev.hotupdater.supabase;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** JSON Web Tokens as the real server makes them: HS256 over the path and the expiry. */
final class Tokens {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

  private final byte[] secret;

  Tokens(String secret) {
    this.secret = secret.getBytes(UTF_8);
  }

  String sign(String path, Instant now, long lifetimeSeconds) {
    String payload =
        JSON.createObjectNode()
            .put("url", path)
            .put("iat", now.getEpochSecond())
            .put("exp", now.getEpochSecond() + lifetimeSeconds)
            .toString();
    String signed =
        encode("{\"alg\":\"HS256\"}".getBytes(UTF_8)) + '.' + encode(payload.getBytes(UTF_8));
    return signed + '.' + encode(mac(signed));
  }

  /** The payload; empty if the signature is not right. */
  Optional<JsonNode> verify(String token) {
    int dot = token.lastIndexOf('.');
    if (dot < 0 || token.indexOf('.') == dot) {
      return Optional.empty();
    }
    try {
      byte[] signature = Base64.getUrlDecoder().decode(token.substring(dot + 1));
      if (!MessageDigest.isEqual(signature, mac(token.substring(0, dot)))) {
        return Optional.empty();
      }
      String payload = token.substring(token.indexOf('.') + 1, dot);
      return Optional.of(JSON.readTree(Base64.getUrlDecoder().decode(payload)));
    } catch (IllegalArgumentException | IOException e) {
      return Optional.empty();
    }
  }

  private byte[] mac(String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      return mac.doFinal(text.getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String encode(byte[] bytes) {
    return ENCODER.encodeToString(bytes);
  }
}
