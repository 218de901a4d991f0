package dev.hotupdater.protocol.capacitor.ota;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotupdater.fixture.Seed;
import dev.hotupdater.liveupdate.WebArtifact;
import dev.hotupdater.release.ReleaseVersion;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OtaKeyTest {
  private static final String ANY = WebArtifact.ANY_PLATFORM;

  private static OtaKey bundle(String channel, String version, String platform) {
    return new OtaKey(channel, ReleaseVersion.of(version), WebArtifact.target(platform));
  }

  @ParameterizedTest
  @CsvSource({
    "stable,  1.2.0,         any, stable-1.2.0.zip",
    "beta-2,  1.2.0-rc.1,    any, beta-2-1.2.0-rc.1.zip",
    "stable,  1.2.0+7,       any, stable-1.2.0+7.zip",
    "a-b,     1.0.0,         any, a-b-1.0.0.zip",
    "a,       1.0.0-2.0.0,   any, a-1.0.0-2.0.0.zip",
    "a-1.0.0, 2.0.0,         any, a-1.0.0~2.0.0~any.zip",
    "stable,  1.2.0,         ios, stable~1.2.0~ios.zip"
  })
  void text_ofBundle_isReadAsTheSameAgain(
      String channel, String version, String platform, String expected) {
    OtaKey key = bundle(channel, version, platform);

    assertEquals(expected, key.toString());
    assertEquals(Optional.of(key), OtaKey.parse(expected));
  }

  @Test
  void text_ofPackage_isReadAsTheSameAgain() {
    OtaKey key = OtaKey.ofPackageVersion("1.2.0").orElseThrow();

    assertEquals("apk-1.2.0.apk", key.toString());
    assertEquals(Optional.of(key), OtaKey.parse("apk-1.2.0.apk"));
    assertNotEquals(Optional.of(key), OtaKey.parse("apk-1.2.0.zip"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "stable",
        "stable-1.2.0",
        "stable-1.2.zip",
        "stable-.zip",
        "stable~1.2.0~any.zip",
        "stable~1.2.0.zip",
        "stable~1.2.0~ios~x.zip",
        "stable~1.2.0~.zip",
        "stable~1.2.0~a/b.zip",
        "stable~x~ios.zip",
        "stable-1.2.0.apk",
        "apk-1.2.apk",
        "../etc/passwd.zip"
      })
  void parse_whatIsNoKey_isEmpty(String text) {
    assertEquals(Optional.empty(), OtaKey.parse(text));
  }

  @Test
  void parse_overlongText_isEmpty() {
    assertEquals(Optional.empty(), OtaKey.parse("a-".repeat(100_000) + "1.0.0.zip"));
  }

  /** Made of few parts, so that most of them begin or end as others do. */
  @Test
  void text_ofRandomFiles_isUniqueAndReadAsTheSameAgain() {
    Random random = Seed.random(OtaKeyTest.class);
    Map<String, OtaKey> seen = new HashMap<>();
    for (int i = 0; i < 20_000; i++) {
      OtaKey key = randomKey(random);

      assertEquals(Optional.of(key), OtaKey.parse(key.toString()), key.toString());
      OtaKey before = seen.put(key.toString(), key);
      assertTrue(before == null || before.equals(key), () -> key + " is " + before);
    }
  }

  private static OtaKey randomKey(Random random) {
    if (random.nextInt(10) == 0) {
      return OtaKey.ofPackageVersion(version(random)).orElseThrow();
    }
    return bundle(
        channel(random), version(random), one(random, List.of(ANY, ANY, "ios", "android", "x-1")));
  }

  private static String channel(Random random) {
    StringBuilder channel = new StringBuilder(one(random, List.of("a", "1", "apk", "1.0.0")));
    for (int i = random.nextInt(4); i > 0; i--) {
      channel.append(one(random, List.of("-", ".", "_", "a", "-1.0.0", "-2.0.0-a", "--", "0")));
    }
    return channel.toString();
  }

  private static String version(Random random) {
    StringBuilder version = new StringBuilder(one(random, List.of("1.0.0", "2.0.0", "0.0.1")));
    if (random.nextBoolean()) {
      version.append('-').append(one(random, List.of("a", "1", "2.0.0", "a-1.0.0", "-", "a.b-c")));
    }
    if (random.nextInt(4) == 0) {
      version.append('+').append(one(random, List.of("7", "a-1.0.0", "00")));
    }
    return version.toString();
  }

  private static <T> T one(Random random, List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}
