package dev.hotupdater.login;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordHashTest {
  private static final String SALT = "c29tZXNhbHQ";
  private static final String OUTPUT = "nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4";
  private static final String BCRYPT_TAIL =
      "05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW";

  private static boolean matches(String hash, String password) {
    return PasswordHash.of(hash).matches(password.getBytes(UTF_8));
  }

  /** Two of those that the reference implementation of Argon2 is tested with. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=19$m=256,t=2,p=2$c29tZXNhbHQ$bQk8UB/VmZZF4Oo79iDXuL5/0ttZwg2f/5U52iv1cDc"
      })
  void matches_argon2idOfOtherSoftware_isThePasswordAlone(String hash) {
    assertTrue(matches(hash, "password"));
    assertFalse(matches(hash, "Password"));
    assertFalse(matches(hash, "password "));
  }

  /** Of the tests of crypt_blowfish. */
  @ParameterizedTest
  @ValueSource(strings = {"$2a$", "$2b$", "$2y$"})
  void matches_bcryptOfOtherSoftware_isThePasswordAlone(String version) {
    assertTrue(matches(version + BCRYPT_TAIL, "U*U"));
    assertFalse(matches(version + BCRYPT_TAIL, "U*U*"));
  }

  @Test
  void ofPassword_isOfTheRecommendedKindAndMatches() {
    PasswordHash hash = PasswordHash.ofPassword("Grüße aus 東京");

    assertTrue(hash.text().startsWith("$argon2id$v=19$m=19456,t=2,p=1$"), hash.text());
    assertEquals(HashKind.recommended(), hash.kind());
    assertTrue(matches(hash.text(), "Grüße aus 東京"));
    assertFalse(matches(hash.text(), "Grüße aus 東亰"));
  }

  @Test
  void hash_ofTheSamePasswordTwice_isAnotherOne() {
    PasswordHash one = Samples.cheapHash("password");
    PasswordHash other = Samples.cheapHash("password");

    assertNotEquals(one.text(), other.text());
    assertNotEquals(one.fingerprint(), other.fingerprint());
  }

  @Test
  void ofPassword_thatIsTooShortOrTooLong_isRefused() {
    assertThrows(IllegalArgumentException.class, () -> PasswordHash.ofPassword(""));
    assertThrows(IllegalArgumentException.class, () -> PasswordHash.ofPassword("1234567"));
    assertThrows(IllegalArgumentException.class, () -> PasswordHash.ofPassword("a".repeat(1_025)));
    assertThrows(IllegalArgumentException.class, () -> PasswordHash.ofPassword("é".repeat(513)));
  }

  @Test
  void ofPassword_withHalfACharacter_isRefused() {
    assertThrows(IllegalArgumentException.class, () -> PasswordHash.ofPassword("password\ud800"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$argon2id$v=19$m=8,t=1,p=1$" + SALT + "$" + OUTPUT,
        "$argon2id$v=19$m=65536,t=10,p=16$" + SALT + "$" + OUTPUT,
        "$2b$14$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"
      })
  void of_hashAtTheBounds_isTaken(String text) {
    assertEquals(text, PasswordHash.of(text).text());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // Would take 10 GB, hours, or thousands of threads.
        "$argon2id$v=19$m=10000000,t=2,p=1$" + SALT + "$" + OUTPUT,
        "$argon2id$v=19$m=65537,t=2,p=1$" + SALT + "$" + OUTPUT,
        "$argon2id$v=19$m=256,t=11,p=1$" + SALT + "$" + OUTPUT,
        "$argon2id$v=19$m=256,t=2,p=17$" + SALT + "$" + OUTPUT,
        "$argon2id$v=19$m=9999999999,t=2,p=1$" + SALT + "$" + OUTPUT,
        "$argon2id$v=19$m=99999999999999999999,t=2,p=1$" + SALT + "$" + OUTPUT,
        "$2b$15$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW",
        "$2b$31$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW",
        "$2b$99$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW",
        // Less than the algorithm can do.
        "$argon2id$v=19$m=7,t=1,p=1$" + SALT + "$" + OUTPUT,
        "$argon2id$v=19$m=31,t=1,p=4$" + SALT + "$" + OUTPUT,
        "$argon2id$v=19$m=256,t=0,p=1$" + SALT + "$" + OUTPUT,
        "$argon2id$v=19$m=256,t=2,p=0$" + SALT + "$" + OUTPUT,
        "$argon2id$v=19$m=-256,t=2,p=1$" + SALT + "$" + OUTPUT,
        "$2b$03$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW",
        // Other numbers, orders, versions and algorithms.
        "$argon2id$v=19$m=0256,t=2,p=1$" + SALT + "$" + OUTPUT,
        "$argon2id$v=19$m=٢٥٦,t=2,p=1$" + SALT + "$" + OUTPUT,
        "$argon2id$v=19$t=2,m=256,p=1$" + SALT + "$" + OUTPUT,
        "$argon2id$v=19$m=256,t=2,p=1,keyid=AAAA$" + SALT + "$" + OUTPUT,
        "$argon2id$v=16$m=256,t=2,p=1$" + SALT + "$" + OUTPUT,
        "$argon2id$m=256,t=2,p=1$" + SALT + "$" + OUTPUT,
        "$argon2i$v=19$m=256,t=2,p=1$" + SALT + "$" + OUTPUT,
        "$argon2d$v=19$m=256,t=2,p=1$" + SALT + "$" + OUTPUT,
        "$2x$" + BCRYPT_TAIL,
        "$2$" + BCRYPT_TAIL,
        "$1$saltsalt$qjXMvbEw8oaL.CzflDtaK/",
        "{SSHA}nothing",
        "correct horse battery",
        "",
        // Cut, padded, too short, too long, not base64, with bits that no byte uses.
        "$argon2id$v=19$m=256,t=2,p=1$" + SALT,
        "$argon2id$v=19$m=256,t=2,p=1$" + SALT + "$",
        "$argon2id$v=19$m=256,t=2,p=1$$" + OUTPUT,
        "$argon2id$v=19$m=256,t=2,p=1$" + SALT + "$" + OUTPUT + "=",
        "$argon2id$v=19$m=256,t=2,p=1$" + SALT + "$" + OUTPUT + "\n",
        "$argon2id$v=19$m=256,t=2,p=1$" + SALT + "$" + OUTPUT + "$more",
        "$argon2id$v=19$m=256,t=2,p=1$" + SALT + "$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi",
        "$argon2id$v=19$m=256,t=2,p=1$" + SALT + "$nf65EOgLrQMR",
        "$argon2id$v=19$m=256,t=2,p=1$c29t$" + OUTPUT,
        "$argon2id$v=19$m=256,t=2,p=1$" + SALT + "$nf65EOgLrQMR_uIPnA4rEsF5h7TKyQwu9U1bMCHGi-4",
        "$argon2id$v=19$m=256,t=2,p=1$" + SALT + "$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/5",
        "$argon2id$v=19$m=256,t=2,p=1$" + SALT + "$" + OUTPUT + OUTPUT + OUTPUT,
        "$2b$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOe",
        "$2b$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeWW",
        "$2b$05$CCCCCCCCCCCCCCCCCCCCCCE5YPO9kmyuRGyh0XouQYb4YMJKvyOeW",
        "$2b$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeX",
        "$2b$5$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"
      })
  void of_anythingElse_isRefusedWithoutRepeatingIt(String text) {
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> PasswordHash.of(text));

    String message = String.valueOf(refusal.getMessage());
    assertFalse(message.contains(OUTPUT) || message.contains("E5YPO9kmyu"), message);
    assertFalse(message.contains("correct horse"), message);
  }

  @Test
  void of_endlessText_isRefused() {
    String endless = "9".repeat(1_000_000);

    assertThrows(
        IllegalArgumentException.class,
        () -> PasswordHash.of("$argon2id$v=19$m=" + endless + ",t=1,p=1$" + SALT + "$" + OUTPUT));
    assertThrows(
        IllegalArgumentException.class,
        () -> PasswordHash.of("$argon2id$v=19$m=8,t=1,p=1$" + endless + "$" + OUTPUT));
  }

  @Test
  void kind_ofHashes_dependsOnTheirCostAlone() {
    HashKind kind = PasswordHash.of("$argon2id$v=19$m=256,t=2,p=1$" + SALT + "$" + OUTPUT).kind();

    assertEquals(new Argon2idKind(256, 2, 1), kind);
    assertEquals(new Argon2idKind(256, 2, 1).hashCode(), kind.hashCode());
    assertNotEquals(new Argon2idKind(256, 3, 1), kind);
    assertNotEquals(new Argon2idKind(257, 2, 1), kind);
    assertNotEquals(new Argon2idKind(256, 2, 2), kind);
    assertEquals(
        PasswordHash.of("$2a$" + BCRYPT_TAIL).kind(), PasswordHash.of("$2y$" + BCRYPT_TAIL).kind());
    assertNotEquals(new BcryptKind(6), PasswordHash.of("$2y$" + BCRYPT_TAIL).kind());
  }

  @Test
  void decoy_isOfItsKindAndNobodysPassword() {
    for (HashKind kind : new HashKind[] {Samples.CHEAP, new BcryptKind(4)}) {
      PasswordHash decoy = kind.decoy();

      assertEquals(kind, decoy.kind());
      assertFalse(decoy.matches("password".getBytes(UTF_8)));
      assertNotEquals(kind.decoy().text(), decoy.text());
    }
  }

  @Test
  void toString_revealsNothing() {
    assertEquals("PasswordHash", Samples.cheapHash("password").toString());
  }
}
