package dev.hotupdater.login;

import static dev.hotupdater.login.Samples.PASSWORD;
import static dev.hotupdater.login.Samples.SECRET;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Random;
import java.util.function.Consumer;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tokens that others made or changed. They are put together here from bytes, with nothing of the
 * library that reads them, from a genuine one; each test changes one thing, and {@link
 * #signed_asItWas_isTaken} shows that the rest is right.
 */
class ForgedTokenTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Duration LIFETIME = Duration.ofMinutes(15);
  private static final int SKEW = 10;

  private final Users users = Samples.users();
  private final TokenLogin login = loginAt(NOW);
  private final String genuine = login.token("alice", PASSWORD).orElseThrow();

  private TokenLogin loginAt(Instant time) {
    return TokenLogin.builder(users, SECRET)
        .lifetime(LIFETIME)
        .clockSkew(Duration.ofSeconds(SKEW))
        .clock(Clock.fixed(time, ZoneOffset.UTC))
        .build();
  }

  private boolean allows(String token) {
    return allowsAt(NOW, token);
  }

  private boolean allowsAt(Instant time, String token) {
    return loginAt(time).access().allows(Samples.request("Bearer " + token));
  }

  private ObjectNode part(int index) {
    try {
      byte[] json = Base64.getUrlDecoder().decode(genuine.split("\\.")[index]);
      return (ObjectNode) JSON.readTree(json);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String encoded(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static String encoded(JsonNode json) {
    return encoded(json.toString().getBytes(UTF_8));
  }

  private static String hmac(String algorithm, byte[] key, String input) throws Exception {
    Mac mac = Mac.getInstance(algorithm);
    mac.init(new SecretKeySpec(key, algorithm));
    return encoded(mac.doFinal(input.getBytes(US_ASCII)));
  }

  /** A token with these parts, and a signature that is right. */
  private static String signed(JsonNode header, JsonNode claims) throws Exception {
    String input = encoded(header) + "." + encoded(claims);
    return input + "." + hmac("HmacSHA256", SECRET.bytes(), input);
  }

  private String withHeader(Consumer<ObjectNode> change) throws Exception {
    ObjectNode header = part(0);
    change.accept(header);
    return signed(header, part(1));
  }

  private String withClaims(Consumer<ObjectNode> change) throws Exception {
    ObjectNode claims = part(1);
    change.accept(claims);
    return signed(part(0), claims);
  }

  @Test
  void signed_asItWas_isTaken() throws Exception {
    assertTrue(allows(genuine));
    assertTrue(allows(signed(part(0), part(1))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "None", "NONE", "nOnE", ""})
  void algorithmNone_isRefused(String name) throws Exception {
    ObjectNode header = part(0).put("alg", name);
    String input = encoded(header) + "." + encoded(part(1));

    assertFalse(allows(input + "."));
    assertFalse(allows(input));
    assertFalse(allows(signed(header, part(1))));
    assertFalse(allows(input + "." + genuine.split("\\.")[2]));
  }

  @ParameterizedTest
  @CsvSource({"HS384,HmacSHA384", "HS512,HmacSHA512"})
  void otherHmac_withTheRightSecret_isRefused(String name, String algorithm) throws Exception {
    ObjectNode header = part(0).put("alg", name);
    String input = encoded(header) + "." + encoded(part(1));

    assertFalse(allows(input + "." + hmac(algorithm, SECRET.bytes(), input)));
    assertFalse(allows(signed(header, part(1))));
  }

  @Test
  void algorithmConfusion_withAnRsaKey_isRefused() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2_048);
    KeyPair keys = generator.generateKeyPair();

    ObjectNode header = part(0).put("alg", "RS256");
    String input = encoded(header) + "." + encoded(part(1));
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initSign(keys.getPrivate());
    signature.update(input.getBytes(US_ASCII));
    assertFalse(allows(input + "." + encoded(signature.sign())));
    assertFalse(allows(signed(header, part(1))));

    // The key that everybody knows, taken for the secret of an HMAC.
    String confused = encoded(part(0)) + "." + encoded(part(1));
    byte[] publicKey = keys.getPublic().getEncoded();
    assertFalse(allows(confused + "." + hmac("HmacSHA256", publicKey, confused)));
  }

  @Test
  void headerThatBringsAKey_isRefused() throws Exception {
    String octets = "{\"kty\":\"oct\",\"k\":\"" + encoded(SECRET.bytes()) + "\"}";
    assertFalse(allows(withHeader(header -> header.set("jwk", tree(octets)))));
    for (String name : new String[] {"jku", "x5u"}) {
      assertFalse(allows(withHeader(h -> h.put(name, "https://keys.example.com/"))), name);
    }
    assertFalse(allows(withHeader(header -> header.putArray("x5c").add("AAAA"))));
    assertFalse(allows(withHeader(header -> header.put("x5t#S256", "AAAA"))));
  }

  @Test
  void headerWithOtherParameters_isRefused() throws Exception {
    assertFalse(allows(withHeader(header -> header.putArray("crit").add("exp"))));
    assertFalse(allows(withHeader(header -> header.put("b64", false).putArray("crit").add("b64"))));
    assertFalse(allows(withHeader(header -> header.put("zip", "DEF"))));
    assertFalse(allows(withHeader(header -> header.put("cty", "JWT"))));
    assertFalse(allows(withHeader(header -> header.put("other", 1))));
    assertFalse(allows(withHeader(header -> header.remove("typ"))));
    assertFalse(allows(withHeader(header -> header.put("typ", "JOSE"))));
    assertFalse(allows(withHeader(header -> header.put("typ", 1))));
    assertFalse(allows(withHeader(header -> header.remove("kid"))));
    assertFalse(allows(withHeader(header -> header.putNull("kid"))));
    assertFalse(allows(withHeader(header -> header.put("kid", "other"))));
    assertFalse(allows(withHeader(header -> header.put("kid", "../../dev/null"))));
  }

  private static JsonNode tree(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void foreignKey_isRefused() throws Exception {
    String input = encoded(part(0)) + "." + encoded(part(1));
    TokenSecret foreign = Samples.secret(2);

    assertFalse(allows(input + "." + hmac("HmacSHA256", foreign.bytes(), input)));
    TokenLogin other =
        TokenLogin.builder(users, foreign).clock(Clock.fixed(NOW, ZoneOffset.UTC)).build();
    assertFalse(allows(other.token("alice", PASSWORD).orElseThrow()));
  }

  @Test
  void tamperedPayload_isRefused() {
    String[] parts = genuine.split("\\.");
    ObjectNode claims = part(1).put("sub", "root");
    assertFalse(allows(parts[0] + "." + encoded(claims) + "." + parts[2]));
    ObjectNode longer = part(1).put("exp", part(1).get("exp").asLong() + 1);
    assertFalse(allows(parts[0] + "." + encoded(longer) + "." + parts[2]));
  }

  @Test
  void tamperedSignature_isRefusedAtEachCharacter() {
    int start = genuine.lastIndexOf('.') + 1;
    for (int i = start; i < genuine.length(); i++) {
      for (char other : new char[] {'A', 'B', '_', '-'}) {
        if (genuine.charAt(i) != other) {
          String tampered = genuine.substring(0, i) + other + genuine.substring(i + 1);
          assertFalse(allows(tampered), tampered);
        }
      }
    }
    assertFalse(allows(genuine.substring(0, genuine.length() - 1)));
    assertFalse(allows(genuine + "A"));
    assertFalse(allows(genuine + "="));
    assertFalse(allows(genuine.substring(0, start)));
  }

  @Test
  void wrongIssuer_isRefused() throws Exception {
    assertFalse(allows(withClaims(claims -> claims.put("iss", "somebody-else"))));
    assertFalse(allows(withClaims(claims -> claims.put("iss", 1))));
    assertFalse(allows(withClaims(claims -> claims.remove("iss"))));
  }

  @Test
  void wrongAudience_isRefused() throws Exception {
    assertFalse(allows(withClaims(claims -> claims.put("aud", "another-service"))));
    assertFalse(allows(withClaims(claims -> claims.putArray("aud"))));
    assertFalse(allows(withClaims(claims -> claims.putArray("aud").add("another-service"))));
    assertFalse(allows(withClaims(claims -> claims.remove("aud"))));
  }

  @Test
  void expired_isRefused() {
    Instant end = NOW.plus(LIFETIME).plusSeconds(SKEW);

    assertTrue(allowsAt(end.minusSeconds(1), genuine));
    assertFalse(allowsAt(end, genuine));
    assertFalse(allowsAt(end.plus(Duration.ofDays(1000)), genuine));
  }

  @Test
  void notYetValid_isRefused() throws Exception {
    long soon = NOW.getEpochSecond() + 60;
    String token = withClaims(claims -> claims.put("nbf", soon));

    assertFalse(allows(token));
    assertTrue(allowsAt(Instant.ofEpochSecond(soon), token));
  }

  @Test
  void missingOrMalformedExpiry_isRefused() throws Exception {
    assertFalse(allows(withClaims(claims -> claims.remove("exp"))));
    assertFalse(allows(withClaims(claims -> claims.putNull("exp"))));
    assertFalse(allows(withClaims(claims -> claims.put("exp", "never"))));
    assertFalse(allows(withClaims(claims -> claims.putObject("exp"))));
    assertFalse(allows(withClaims(claims -> claims.put("exp", -1))));
  }

  @Test
  void missingOrForeignUser_isRefused() throws Exception {
    assertFalse(allows(withClaims(claims -> claims.remove("sub"))));
    assertFalse(allows(withClaims(claims -> claims.putNull("sub"))));
    assertFalse(allows(withClaims(claims -> claims.put("sub", "bob"))));
    assertFalse(allows(withClaims(claims -> claims.put("sub", ""))));
    assertFalse(allows(withClaims(claims -> claims.put("sub", 1))));
    assertFalse(allows(withClaims(claims -> claims.remove("pwh"))));
    assertFalse(allows(withClaims(claims -> claims.putNull("pwh"))));
    assertFalse(allows(withClaims(claims -> claims.put("pwh", "other"))));
    assertFalse(allows(withClaims(claims -> claims.put("pwh", "é"))));
  }

  @Test
  void oversized_isRefusedEvenIfItIsSigned() throws Exception {
    String fits = withClaims(claims -> claims.put("more", "a".repeat(2_600)));
    String oversized = withClaims(claims -> claims.put("more", "a".repeat(2_900)));

    assertTrue(fits.length() <= 4_096 && oversized.length() > 4_096);
    assertTrue(allows(fits));
    assertFalse(allows(oversized));
    assertFalse(allows("a".repeat(1_000_000)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "..",
        "...",
        "a.b.c",
        "null",
        "e30.e30.e30",
        "e30.e30.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "bnVsbA.bnVsbA.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "W10.W10.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "_____.____.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "eyJhbGciOm51bGx9.e30.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "a.b.c.d.e",
        "%00",
        "Ünïcode"
      })
  void garbage_isRefused(String text) {
    assertFalse(allows(text));
  }

  @Test
  void deeplyNestedHeader_isRefused() {
    String nested = encoded(("{\"alg\":" + "[".repeat(2_000)).getBytes(UTF_8));

    assertFalse(allows(nested + ".e30." + "A".repeat(43)));
  }

  @Test
  void signedPayloadThatIsNoObject_isRefused() throws Exception {
    for (String payload : new String[] {"null", "[]", "1", "\"\"", "{", "{\"exp\":1e999}"}) {
      String input = encoded(part(0)) + "." + encoded(payload.getBytes(UTF_8));
      assertFalse(allows(input + "." + hmac("HmacSHA256", SECRET.bytes(), input)), payload);
    }
  }

  @Test
  void anyChangeToATokenAtRandom_isRefused() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.";
    for (int i = 0; i < 2_000; i++) {
      StringBuilder changed = new StringBuilder(genuine);
      for (int n = random.nextInt(3); n >= 0; n--) {
        changed.setCharAt(
            random.nextInt(changed.length()), alphabet.charAt(random.nextInt(alphabet.length())));
      }
      String token = changed.toString();
      assertEquals(token.equals(genuine), allows(token), () -> "seed " + seed + ": " + token);
    }
  }
}
