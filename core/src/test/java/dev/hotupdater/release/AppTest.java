package dev.hotupdater.release;

import static dev.hotupdater.fixture.ReleaseFixture.app;
import static dev.hotupdater.fixture.ReleaseFixture.key;
import static dev.hotupdater.fixture.ReleaseFixture.ready;
import static dev.hotupdater.fixture.ReleaseFixture.signedBy;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which key a client has, and which signature it can verify. */
class AppTest {
  /** Given out of order. */
  private static final App THREE_KEYS = app(key("C", "3.0.0"), key("A"), key("B", "2.0.0"));

  private static String id(Optional<VerificationKey> key) {
    return key.map(VerificationKey::id).orElse("none");
  }

  @ParameterizedTest
  @CsvSource({
    "0.0.1, A, A",
    "1.9.9, A, A",
    "2.0.0-beta.1, A, A",
    "2.0.0, B, A",
    "2.0.0+1, B, B",
    "2.5.0, B, B",
    "3.0.0-rc.1, B, B",
    "3.0.0, C, B",
    "3.0.1, C, C",
    "9.0.0, C, C"
  })
  void keys_ofVersion_areThatOfItsClientsAndThatOfThoseBefore(
      String version, String keyFor, String keyBefore) {
    assertEquals(keyFor, id(THREE_KEYS.keyFor(ReleaseVersion.of(version))));
    assertEquals(keyBefore, id(THREE_KEYS.keyBefore(ReleaseVersion.of(version))));
  }

  @Test
  void keyFor_beforeTheFirstKey_isNone() {
    App app = app(key("A", "2.0.0"));

    assertEquals("none", id(app.keyFor(ReleaseVersion.of("1.9.9"))));
    assertEquals("A", id(app.keyFor(ReleaseVersion.of("2.0.0"))));
    assertEquals("none", id(app.keyBefore(ReleaseVersion.of("2.0.0"))));
    assertEquals("none", id(app().keyFor(ReleaseVersion.of("1.0.0"))));
  }

  @Test
  void signatureFor_key_isTheOneThatItVerifies() {
    Artifact artifact = ready("linux/x86_64", signedBy("A"), signedBy("B"));

    assertEquals(
        Optional.of(signedBy("B")),
        THREE_KEYS.signatureFor(Optional.of(key("B", "2.0.0")), artifact));
    assertEquals(
        Optional.empty(), THREE_KEYS.signatureFor(Optional.of(key("C", "3.0.0")), artifact));
    assertEquals(Optional.empty(), THREE_KEYS.signatureFor(Optional.empty(), artifact));
    assertEquals(Optional.of(signedBy("A")), app().signatureFor(Optional.empty(), artifact));
  }

  @Test
  void emptySignature_isNone() {
    Artifact artifact = ready("linux/x86_64", new ArtifactSignature(" ", Optional.empty()));

    assertEquals(Optional.empty(), app().signatureFor(Optional.empty(), artifact));
  }

  @Test
  void unverifiedSignature_isForNoKey() {
    assertEquals(
        Optional.empty(), THREE_KEYS.signatureFor(Optional.of(key("A")), ready("linux/x86_64")));
  }

  @Test
  void keys_thatLeaveAQuestion_areRefused() {
    assertRefused(List.of(key("A"), key("A", "2.0.0")));
    assertRefused(List.of(key("A"), key("B")));
    assertRefused(List.of(key("A", "2.0.0"), key("B", "2.0.0")));
    assertRefused(
        IntStream.rangeClosed(0, App.MAX_KEYS)
            .mapToObj(number -> key("key" + number, number + ".0.0"))
            .toList());
  }

  private static void assertRefused(List<VerificationKey> keys) {
    assertEquals(
        "keys", assertThrows(InvalidReleaseException.class, () -> app().withKeys(keys)).field());
  }
}
