package dev.hotupdater.protocol.capacitor;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which version of the plugin can do what. */
class PluginVersionTest {
  private static final Map<String, Predicate<PluginVersion>> FEATURES =
      Map.ofEntries(
          Map.entry("sha256", PluginVersion::checksSha256),
          Map.entry("manifest and brotli", PluginVersion::loadsManifests),
          Map.entry("builtin revert", PluginVersion::revertsToBuiltin),
          Map.entry("defaultChannel sent", PluginVersion::sendsDefaultChannel),
          Map.entry("local channel", PluginVersion::keepsChannel),
          Map.entry("hex encrypted checksum", PluginVersion::readsHexChecksum),
          Map.entry("link and comment", PluginVersion::showsLinks),
          Map.entry("stats batch", PluginVersion::sendsBatches),
          Map.entry("kind", PluginVersion::readsKind),
          Map.entry("key_id", PluginVersion::sendsKeyId),
          Map.entry("key_id compared", PluginVersion::sendsWholeKeyId),
          Map.entry("builtin by native version", PluginVersion::mayNameBuiltinByNativeVersion),
          Map.entry("manifest_size", PluginVersion::asksForSizes),
          Map.entry("install_source", PluginVersion::sendsInstallSource),
          Map.entry("Retry-After", PluginVersion::honoursRetryAfter),
          Map.entry("checksum required", PluginVersion::requiresChecksum),
          Map.entry("true download_fail", PluginVersion::reportsTrueDownloadFailures));

  @ParameterizedTest(name = "{0}: {1} not, {2} does")
  @CsvSource({
    "sha256, 5.9.9, 5.10.0",
    "sha256, 6.24.9, 6.25.0",
    "sha256, 6.24.0, 7.0.0",
    "manifest and brotli, 5.9.9, 5.10.0",
    "manifest and brotli, 6.24.9, 6.25.0",
    "manifest and brotli, 7.0.34, 7.0.35",
    "manifest and brotli, 7.0.0, 8.0.0",
    "builtin revert, 5.50.2, 6.2.0",
    "builtin revert, 6.1.9, 7.0.0",
    "defaultChannel sent, 5.9.9, 5.10.0",
    "local channel, 5.33.9, 5.34.0",
    "local channel, 6.33.9, 6.34.0",
    "local channel, 7.33.9, 7.34.0",
    "local channel, 7.33.4, 8.0.0",
    "hex encrypted checksum, 5.29.9, 5.30.0",
    "hex encrypted checksum, 6.29.9, 6.30.0",
    "hex encrypted checksum, 7.29.9, 7.30.0",
    "hex encrypted checksum, 7.29.0, 8.0.0",
    "link and comment, 5.34.9, 5.35.0",
    "link and comment, 6.34.9, 6.35.0",
    "link and comment, 7.34.9, 7.35.0",
    "link and comment, 8.34.9, 8.35.0",
    "stats batch, 6.42.8, 6.42.9",
    "stats batch, 7.42.2, 7.42.3",
    "stats batch, 8.41.13, 8.41.14",
    "kind, 5.50.0, 5.50.1",
    "kind, 6.50.0, 6.50.1",
    "kind, 7.50.0, 7.50.1",
    "kind, 8.45.10, 8.45.11",
    "key_id, 8.1.0, 8.1.1",
    "key_id compared, 8.40.7, 8.40.8",
    "builtin by native version, 8.43.11, 8.43.12",
    "builtin by native version, 7.42.3, 7.50.1",
    "manifest_size, 8.46.3, 8.46.4",
    "install_source, 8.49.7, 8.49.8",
    "Retry-After, 8.51.4, 8.51.5",
    "checksum required, 8.51.22, 8.51.23",
    "true download_fail, 6.14.24, 6.14.25",
    "true download_fail, 7.16.9, 7.17.0"
  })
  void feature_cameWithAVersion(String feature, String last, String first) {
    Predicate<PluginVersion> has = requireNonNull(FEATURES.get(feature));

    assertFalse(has.test(version(last)), last);
    assertTrue(has.test(version(first)), first);
  }

  @ParameterizedTest
  @ValueSource(strings = {"5.4.1", "5.0.0", "9.0.0", "10.0.0"})
  void oldestGeneration_hasNoFeature_whateverItsNumber(String text) {
    PluginVersion version = version(text);

    assertTrue(version.isLegacy());
    assertTrue(version.isSupported());
    FEATURES.forEach((name, has) -> assertFalse(has.test(version), name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"9.0.1", "9.1.0", "10.0.1", "11.0.0", "8.51.23"})
  void versionAfterTheNewestLine_hasEveryFeature(String text) {
    FEATURES.forEach((name, has) -> assertTrue(has.test(version(text)), name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"4.0.0", "3.3.3", "0.0.6"})
  void versionBeforeTheFirstLine_isNotSupported(String text) {
    assertFalse(version(text).isSupported());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "8", "8.51", "newest", "v8.0.0"})
  void textThatIsNoVersion_isNone(String text) {
    assertEquals(Optional.empty(), PluginVersion.parse(text));
  }

  private static PluginVersion version(String text) {
    return PluginVersion.parse(text).orElseThrow();
  }
}
