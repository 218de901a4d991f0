package dev.hotupdater.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What slugs, app ids, release ids, targets and channels can be. */
class NamesTest {
  @ParameterizedTest
  @ValueSource(strings = {"abc", "my-app", "a-b", "000", "a--b", "app1", "apps-2"})
  void slug_ofItsForm_isOne(String text) {
    assertEquals(text, Slug.of(text).toString());
    assertEquals(Optional.of(Slug.of(text)), Slug.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ab",
        "-ab",
        "ab-",
        "---",
        "My-app",
        "my_app",
        "my.app",
        "my app",
        "äbc",
        "abc\n",
        "apps",
        "app",
        "api",
        "download",
        "files",
        "health",
        "version",
        "explain",
        "latest"
      })
  void slug_ofAnythingElse_isRefused(String text) {
    assertEquals("slug", assertThrows(InvalidReleaseException.class, () -> Slug.of(text)).field());
    assertEquals(Optional.empty(), Slug.parse(text));
  }

  @Test
  void slug_atTheLimits_isExact() {
    assertTrue(Slug.parse("a".repeat(3)).isPresent());
    assertTrue(Slug.parse("a".repeat(40)).isPresent());
    assertFalse(Slug.parse("a".repeat(41)).isPresent());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a", "0", "com.example.app", "A_b-c", "880b1700-e29b-41d4-a716-446655440000"})
  void appId_ofItsForm_isOne(String text) {
    assertEquals(text, AppId.of(text).toString());
    assertEquals(Optional.of(AppId.of(text)), AppId.parse(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".a", "-a", "_a", "a/b", "a b", "ä", "a\n", "a%20"})
  void appId_ofAnythingElse_isRefused(String text) {
    assertEquals(
        "app_id", assertThrows(InvalidReleaseException.class, () -> AppId.of(text)).field());
    assertEquals(Optional.empty(), AppId.parse(text));
  }

  @Test
  void appId_atTheLimit_isExact() {
    assertTrue(AppId.parse("a".repeat(128)).isPresent());
    assertFalse(AppId.parse("a".repeat(129)).isPresent());
  }

  @Test
  void releaseId_inUpperCase_isThatInLowerCase() {
    ReleaseId id = ReleaseId.random();

    assertEquals(Optional.of(id), ReleaseId.parse(id.value().toUpperCase(Locale.ROOT)));
    assertEquals(Optional.empty(), ReleaseId.parse(id + "0"));
    assertEquals(Optional.empty(), ReleaseId.parse("x" + id.value().substring(1)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"linux", "macos-universal", "downloads", "_", "A.b-c_d"})
  void target_ofItsForm_isOne(String target) {
    assertEquals(target + "-x86_64", ArtifactTarget.of(target, "x86_64").toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-linux", ".", "..", "li/nux", "li nux", "download", "ä"})
  void target_ofAnythingElse_isRefused(String target) {
    assertEquals(
        "target",
        assertThrows(InvalidReleaseException.class, () -> ArtifactTarget.of(target, "x86_64"))
            .field());
  }

  @Test
  void arch_namedDownload_isOne() {
    // Only where a client has its target, the addresses of downloads have a word of their own.
    assertEquals("linux-download", ArtifactTarget.of("linux", "download").toString());
  }

  @Test
  void reason_onTheWire_isFoundAgain() {
    for (ReleaseDecision.Reason reason : ReleaseDecision.Reason.values()) {
      assertEquals(Optional.of(reason), ReleaseDecision.Reason.fromWireName(reason.wireName()));
    }
    assertEquals("up-to-date", ReleaseDecision.Reason.UP_TO_DATE.wireName());
    assertEquals(Optional.empty(), ReleaseDecision.Reason.fromWireName("UP_TO_DATE"));
  }
}
