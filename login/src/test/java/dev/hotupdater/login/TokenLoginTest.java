package dev.hotupdater.login;

import static dev.hotupdater.login.Samples.PASSWORD;
import static dev.hotupdater.login.Samples.SECRET;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jwt.SignedJWT;
import dev.hotupdater.http.HttpRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Signing in, and what a token is good for afterwards. */
class TokenLoginTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.250Z");

  private static TokenLogin.Builder builder(UserDirectory users) {
    return TokenLogin.builder(users, SECRET).clock(Clock.fixed(NOW, ZoneOffset.UTC));
  }

  private static boolean allows(TokenLogin login, String token) {
    return login.access().allows(Samples.request("Bearer " + token));
  }

  private static String token(TokenLogin login) {
    return login.token("alice", PASSWORD).orElseThrow();
  }

  @Test
  void token_ofRightPassword_opensTheRoutes() {
    TokenLogin login = TokenLogin.builder(Samples.users(), SECRET).build();

    assertTrue(allows(login, token(login)));
  }

  @Test
  void token_ofWrongPasswordOrUnknownUser_isEmpty() {
    TokenLogin login = builder(Samples.users()).build();

    assertEquals(Optional.empty(), login.token("alice", "wrong password"));
    assertEquals(Optional.empty(), login.token("bob", PASSWORD));
  }

  @Test
  void token_saysWhoByWhomForWhomAndHowLong() throws Exception {
    TokenLogin login =
        builder(Samples.users())
            .issuer("https://updates.example.com")
            .audience("admin")
            .lifetime(Duration.ofMinutes(15))
            .build();

    SignedJWT token = SignedJWT.parse(token(login));

    assertEquals(
        Map.of("alg", "HS256", "typ", "JWT", "kid", SECRET.keyId()),
        token.getHeader().toJSONObject());
    assertEquals("https://updates.example.com", token.getJWTClaimsSet().getIssuer());
    assertEquals("admin", token.getJWTClaimsSet().getAudience().get(0));
    assertEquals("alice", token.getJWTClaimsSet().getSubject());
    assertEquals(
        Instant.parse("2026-03-01T12:15:00Z"),
        token.getJWTClaimsSet().getExpirationTime().toInstant());
  }

  @Test
  void token_hasNothingOfThePasswordHash() throws Exception {
    Users users = Samples.users();
    String hash = users.find("alice").orElseThrow().text();
    TokenLogin login = builder(users).build();

    String payload = new String(Base64.getUrlDecoder().decode(token(login).split("\\.")[1]), UTF_8);

    assertFalse(payload.contains(hash.substring(hash.lastIndexOf('$') + 1)), payload);
  }

  @Test
  void token_ofLongestNames_isTaken() {
    String name = "<\"&\\".repeat(63) + "é\u2028";
    Users users = Users.builder().add(name, Samples.cheapHash(PASSWORD)).build();
    TokenLogin login = builder(users).issuer("\"".repeat(128)).audience("\\".repeat(128)).build();

    String token = login.token(name, PASSWORD).orElseThrow();

    assertTrue(token.length() <= TokenReader.MAX_LENGTH, () -> token.length() + " characters");
    assertTrue(allows(login, token));

    String worst = "\u2028".repeat(254);
    TokenLogin other =
        builder(Users.builder().add(worst, Samples.cheapHash(PASSWORD)).build())
            .issuer("\"".repeat(128))
            .audience("\\".repeat(128))
            .build();
    String longest = other.token(worst, PASSWORD).orElseThrow();
    assertTrue(allows(other, longest), () -> longest.length() + " characters");
  }

  @Test
  void access_withoutAToken_refuses() {
    TokenLogin login = builder(Samples.users()).build();
    HttpRequest bare = HttpRequest.builder("GET", "/").build();

    assertFalse(login.access().allows(bare));
  }

  @Test
  void access_otherFormsOfTheHeader_areTakenAsHttpSays() {
    TokenLogin login = builder(Samples.users()).build();
    String token = token(login);

    assertTrue(login.access().allows(Samples.request("bearer " + token)));
    assertTrue(login.access().allows(Samples.request("BEARER   " + token + " ")));
    assertFalse(login.access().allows(Samples.request(token)));
    assertFalse(login.access().allows(Samples.request("Basic " + token)));
    assertFalse(login.access().allows(Samples.request("Bearer" + token)));
    assertFalse(login.access().allows(Samples.request("Bearer " + token + ", " + token)));
    assertFalse(login.access().allows(Samples.request("Bearer")));
  }

  @Test
  void access_tokenOfAnotherServerWithTheSameSecret_isTaken() {
    Users users = Samples.users();

    assertTrue(allows(builder(users).build(), token(builder(users).build())));
  }

  @Test
  void access_tokenSignedWithPreviousSecret_isTaken() {
    Users users = Samples.users();
    String old = token(builder(users).build());
    TokenLogin rotated =
        TokenLogin.builder(users, Samples.secret(2))
            .clock(Clock.fixed(NOW, ZoneOffset.UTC))
            .previousSecret(SECRET)
            .build();

    assertTrue(allows(rotated, old));
    assertTrue(allows(rotated, token(rotated)));
    assertFalse(allows(builder(users).build(), token(rotated)));
  }

  @Test
  void access_tokenOfDeletedUser_isRefused() {
    Map<String, PasswordHash> known =
        new ConcurrentHashMap<>(Map.of("alice", Samples.cheapHash(PASSWORD)));
    TokenLogin login = builder(name -> Optional.ofNullable(known.get(name))).build();
    String token = token(login);
    assertTrue(allows(login, token));

    known.remove("alice");

    assertFalse(allows(login, token));
  }

  @Test
  void access_tokenFromBeforeThePasswordWasChanged_isRefused() {
    Map<String, PasswordHash> known =
        new ConcurrentHashMap<>(Map.of("alice", Samples.cheapHash(PASSWORD)));
    TokenLogin login = builder(name -> Optional.ofNullable(known.get(name))).build();
    String token = token(login);

    known.put("alice", Samples.cheapHash(PASSWORD));

    assertFalse(allows(login, token));
    assertTrue(allows(login, token(login)));
  }

  @ParameterizedTest
  @ValueSource(longs = {59, 60 * 60 * 24 + 1, 0, -60})
  void lifetime_outOfBounds_isRefused(long seconds) {
    assertThrows(
        IllegalArgumentException.class,
        () -> builder(Samples.users()).lifetime(Duration.ofSeconds(seconds)));
  }

  @Test
  void settings_outOfBounds_areRefused() {
    TokenLogin.Builder builder = builder(Samples.users());

    assertThrows(IllegalArgumentException.class, () -> builder.clockSkew(Duration.ofSeconds(61)));
    assertThrows(IllegalArgumentException.class, () -> builder.clockSkew(Duration.ofSeconds(-1)));
    assertThrows(IllegalArgumentException.class, () -> builder.concurrentLogins(0));
    assertThrows(IllegalArgumentException.class, () -> builder.concurrentLogins(65));
    for (String name : new String[] {"", "a b", "é", "a\n", "a".repeat(129)}) {
      assertThrows(IllegalArgumentException.class, () -> builder.issuer(name));
      assertThrows(IllegalArgumentException.class, () -> builder.audience(name));
    }
  }

  @Test
  void build_withASecretTwice_isRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> builder(Samples.users()).previousSecret(SECRET).build());
  }

  @Test
  void build_withTooManyPreviousSecrets_isRefused() {
    TokenLogin.Builder builder = builder(Samples.users());
    for (int i = 2; i <= 10; i++) {
      builder.previousSecret(Samples.secret(i));
    }

    assertThrows(IllegalArgumentException.class, builder::build);
  }

  @Test
  void toString_revealsNothing() {
    assertEquals("TokenLogin", builder(Samples.users()).build().toString());
  }
}
