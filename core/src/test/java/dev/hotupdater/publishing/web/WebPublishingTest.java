package dev.hotupdater.publishing.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotupdater.archive.RejectedZipException;
import dev.hotupdater.fixture.ReleaseFixture;
import dev.hotupdater.fixture.Together;
import dev.hotupdater.liveupdate.FileManifest;
import dev.hotupdater.liveupdate.WebArtifact;
import dev.hotupdater.publishing.ArtifactTooLargeException;
import dev.hotupdater.release.InvalidReleaseException;
import dev.hotupdater.release.Release;
import dev.hotupdater.release.ReleaseId;
import dev.hotupdater.release.ReleaseState;
import dev.hotupdater.release.ReleaseStateException;
import dev.hotupdater.release.ReleaseVersion;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebPublishingTest {
  private static final String LONG_TEXT = "let x = 1;\n".repeat(1_000);

  @TempDir private Path folder;
  private WebServer server;

  @BeforeEach
  void start() {
    server = WebServer.start(folder);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static String base64(int bytes) {
    return Base64.getEncoder().encodeToString(new byte[bytes]);
  }

  private static WebArtifact.Encryption encryption(String sessionKey, String checksum) {
    return new WebArtifact.Encryption(sessionKey, checksum, Optional.of("abcd"));
  }

  @Test
  void publish_zipOfTheCommandLine_storesItAndItsFiles() throws Exception {
    Path zip = folder.resolve("capgo.zip");
    try (InputStream content =
        Objects.requireNonNull(
            WebPublishingTest.class.getResourceAsStream("/capgo/com.example.app_1.2.0.zip"))) {
      Files.copy(content, zip);
    }
    PublishedBundle published =
        server.publish(
            WebServer.bundle("1.2.0")
                .fileName("stable-1.2.0.zip")
                .notes("New")
                .link("https://example.com/notes")
                .sha256(
                    Optional.of(
                        "8A530E5D01B830DC0EAB32D0F6499A163D97584AF7EEA3D403CD0A85068DB505")),
            zip);

    assertTrue(published.isNew());
    assertEquals(ReleaseState.PUBLISHED, published.release().state());
    assertEquals(1, published.release().sequence());
    assertEquals("New", published.release().notes());
    assertEquals(Optional.of("https://example.com/notes"), WebPublishing.link(published.release()));
    assertEquals(published.release(), server.stored(published.release()));
    assertEquals(Optional.of("1.2.0"), server.active("stable"));
    assertEquals("97697073", WebArtifact.of(published.artifact()).crc32());
    assertEquals(Optional.of("stable-1.2.0.zip"), published.artifact().fileName());
    assertArrayEquals(Files.readAllBytes(zip), server.bytes(published.artifact().storageUri()));
    assertEquals(
        List.of("assets/app.js", "assets/empty.css", "assets/größe.txt", "index.html"),
        server.manifest(published.artifact()).files().stream()
            .map(FileManifest.Entry::path)
            .toList());
    assertEquals(75, server.bytes(server.file(published, "index.html").uri()).length);
    assertEquals(0, server.bytes(server.file(published, "assets/empty.css").uri()).length);
  }

  @Test
  void publish_filesWorthIt_areStoredCompressedToo() throws Exception {
    try (WebServer compressing =
        WebServer.start(
            Files.createDirectory(folder.resolve("other")),
            WebPublishing.builder()
                .compression((content, size, out) -> out.write("packed".getBytes(UTF_8))))) {
      PublishedBundle published =
          compressing.publish("1.0.0", "app.js", LONG_TEXT, "short.js", "a".repeat(8191));
      FileManifest.Packed packed = compressing.file(published, "app.js").brotli().orElseThrow();
      assertEquals(6, packed.size());
      assertArrayEquals("packed".getBytes(UTF_8), compressing.bytes(packed.uri()));
      assertEquals(Optional.empty(), compressing.file(published, "short.js").brotli());
    }
  }

  @Test
  void publish_filesThatHardlyGetSmaller_areStoredAsTheyAre() throws Exception {
    try (WebServer copying =
        WebServer.start(
            Files.createDirectory(folder.resolve("other")),
            WebPublishing.builder()
                .compression(
                    (content, size, out) -> out.write(content.readNBytes((int) size - 10))))) {
      PublishedBundle published = copying.publish("1.0.0", "app.js", LONG_TEXT);
      assertEquals(Optional.empty(), copying.file(published, "app.js").brotli());
    }
  }

  @Test
  void publish_withFileOfThisSuffix_hasNoManifest() {
    PublishedBundle published = server.publish("1.0.0", "data.br", "x");
    assertEquals(Optional.empty(), WebArtifact.of(published.artifact()).manifestUri());
    assertEquals(1, server.keys().size());
  }

  @Test
  void publish_sameBytesAgain_changesNothing() {
    Path zip = server.zip("a.js", "1");
    PublishedBundle first = server.publish(WebServer.bundle("1.0.0"), zip);
    PublishedBundle newer = server.publish("1.1.0", "a.js", "2");
    List<String> keys = server.keys();

    PublishedBundle again = server.publish(WebServer.bundle("1.0.0").notes("Other"), zip);

    assertEquals(new PublishedBundle(first.release(), first.artifact(), false), again);
    assertEquals(keys, server.keys());
    assertEquals(2, server.sequence());
    assertEquals(Optional.of("1.1.0"), server.active("stable"));
    assertEquals(2, newer.release().sequence());
  }

  @Test
  void publish_otherBytes_isConflict_onEveryChannelAndAfterRemoval() {
    PublishedBundle first = server.publish("1.0.0", "a.js", "1");
    List<String> keys = server.keys();
    Path other = server.zip("a.js", "2");

    BundleConflictException conflict =
        assertThrows(
            BundleConflictException.class, () -> server.publish(WebServer.bundle("1.0.0"), other));
    assertTrue(String.valueOf(conflict.getMessage()).endsWith("use a new version."));
    assertThrows(
        BundleConflictException.class,
        () -> server.publish(WebServer.bundle("1.0.0").channel("beta"), other));
    assertEquals(keys, server.keys());

    server.publishing.remove(WebServer.APP, first.release().id(), WebServer.NONE);
    assertThrows(
        BundleConflictException.class, () -> server.publish(WebServer.bundle("1.0.0"), other));
    assertEquals(List.of(), server.keys());
  }

  @Test
  void publish_sameBytesOnOtherChannel_sharesFiles() {
    Path zip = server.zip("a.js", "1");
    PublishedBundle stable = server.publish(WebServer.bundle("1.0.0"), zip);
    PublishedBundle beta = server.publish(WebServer.bundle("1.0.0").channel("beta"), zip);
    assertTrue(beta.isNew());
    assertEquals(server.manifest(stable.artifact()), server.manifest(beta.artifact()));
    assertEquals(Optional.of("1.0.0"), server.active("beta"));
  }

  @Test
  void publish_afterRemoval_comesBackUnderTheSameRelease() {
    Path zip = server.zip("a.js", "1");
    PublishedBundle first = server.publish(WebServer.bundle("1.0.0"), zip);
    server.publish("1.1.0", "a.js", "2");
    server.publishing.remove(WebServer.APP, first.release().id(), WebServer.NONE);

    PublishedBundle again = server.publish(WebServer.bundle("1.0.0"), zip);

    assertTrue(again.isNew());
    assertEquals(first.release().id(), again.release().id());
    assertEquals(Optional.of("1.0.0"), server.active("stable"));
    assertEquals(again.release().sequence(), server.sequence());
    assertEquals("1", new String(server.bytes(server.file(again, "a.js").uri()), UTF_8));
  }

  @Test
  void publish_oneOfTwoPlatformsAfterRemoval_keepsTheChecksumOfTheOther() {
    Path zip = server.zip("a.js", "1");
    PublishedBundle ios = server.publish(WebServer.bundle("1.0.0").platform("ios"), zip);
    server.publish(WebServer.bundle("1.0.0").platform("android"), zip);
    server.publishing.remove(WebServer.APP, ios.release().id(), WebServer.NONE);
    server.publish(WebServer.bundle("1.0.0").platform("android"), zip);

    assertThrows(
        BundleConflictException.class,
        () -> server.publish(WebServer.bundle("1.0.0").platform("ios"), server.zip("a.js", "2")));
    assertTrue(server.publish(WebServer.bundle("1.0.0").platform("ios"), zip).isNew());
  }

  @Test
  void publish_otherPlatform_comesIntoTheRelease_whichKeepsItsPlace() {
    PublishedBundle android =
        server.publish(
            WebServer.bundle("1.0.0").platform("android"), server.zip("a.js", "android"));
    server.publish("1.1.0", "a.js", "2");
    PublishedBundle ios =
        server.publish(WebServer.bundle("1.0.0").platform("ios"), server.zip("a.js", "ios"));
    assertEquals(android.release().id(), ios.release().id());
    assertEquals(1, ios.release().sequence());
    assertEquals(2, ios.release().artifacts().size());
    assertEquals(3, server.sequence());
    assertEquals(Optional.of("1.1.0"), server.active("stable"));
  }

  @Test
  void publish_yankedVersion_isRefused() {
    Path zip = server.zip();
    PublishedBundle published = server.publish(WebServer.bundle("1.0.0"), zip);
    server.releases().change(published.release().id(), Release::yanked);
    ReleaseStateException refusal =
        assertThrows(
            ReleaseStateException.class, () -> server.publish(WebServer.bundle("1.0.0"), zip));
    assertTrue(String.valueOf(refusal.getMessage()).endsWith("Use a new version."));
  }

  @Test
  void publish_draft_isRefused() {
    server.publish("0.9.0");
    server
        .releases()
        .create(
            Release.builder(
                    ReleaseId.random(),
                    WebServer.APP,
                    ReleaseVersion.of("1.0.0"),
                    server.clock.instant())
                .build());
    assertThrows(ReleaseStateException.class, () -> server.publish("1.0.0"));
  }

  @Test
  void publish_wrongChecksum_storesNothing() {
    NewWebBundle.Builder bundle = WebServer.bundle("1.0.0").sha256(Optional.of("0".repeat(64)));
    assertThrows(ChecksumMismatchException.class, () -> server.publish(bundle, server.zip()));
    assertEquals(List.of(), server.keys());
    assertEquals(Optional.empty(), server.releases().findApp(WebServer.APP));
  }

  @Test
  void publish_namesBesideTheFolder_areRefused() {
    Path zip = server.zip(Map.of("www/index.html", "<p>", ".DS_Store", "x"));
    RejectedZipException rejection =
        assertThrows(
            RejectedZipException.class, () -> server.publish(WebServer.bundle("1.0.0"), zip));
    assertEquals(RejectedZipException.Reason.STRAY_NAMES, rejection.reason());
    assertTrue(String.valueOf(rejection.getMessage()).contains("'.DS_Store'"));
    assertEquals(List.of(), server.keys());
  }

  @Test
  void publish_folderAlone_isPublished() {
    PublishedBundle published =
        server.publish(WebServer.bundle("1.0.0"), server.zip(Map.of("www/index.html", "<p>")));
    assertEquals(3, server.file(published, "index.html").size());
  }

  @Test
  void publish_channelOfPackages_isRefused() {
    InvalidReleaseException refusal =
        assertThrows(
            InvalidReleaseException.class,
            () -> server.publish(WebServer.bundle("1.0.0").channel("apk"), server.zip()));
    assertEquals("channel", refusal.field());
  }

  @Test
  void publish_invalidDescription_storesNothing() {
    NewWebBundle.Builder bundle = WebServer.bundle("1.0.0").notes("x".repeat(20_000));
    InvalidReleaseException refusal =
        assertThrows(InvalidReleaseException.class, () -> server.publish(bundle, server.zip()));
    assertEquals("notes", refusal.field());
    assertEquals(List.of(), List.copyOf(server.storage.written));
  }

  @Test
  void publish_encrypted_keepsTheBytesAndTheKey_withoutManifest() throws Exception {
    Path file = Files.write(folder.resolve("encrypted"), new byte[] {7, 7, 7});
    WebArtifact.Encryption how =
        encryption(base64(16) + ":" + base64(256), "0123456789abcdef".repeat(32));
    PublishedBundle published =
        server.publish(
            WebServer.bundle("1.0.0").encryption(how).sha256(Optional.of("0".repeat(64))), file);
    CRC32 crc32 = new CRC32();
    crc32.update(new byte[] {7, 7, 7});
    assertEquals(
        new WebArtifact(
            String.format("%08x", crc32.getValue()),
            Optional.of(how),
            Optional.empty(),
            Optional.empty()),
        WebArtifact.of(published.artifact()));
    assertArrayEquals(new byte[] {7, 7, 7}, server.bytes(published.artifact().storageUri()));
  }

  @Test
  void publish_recordsTheFolderThatTheBundleLiesIn() {
    PublishedBundle inFolder =
        server.publish(
            WebServer.bundle("1.0.0"), server.zip(Map.of("www/index.html", "<!doctype html>")));

    assertEquals(Optional.of("www"), WebArtifact.of(inFolder.artifact()).rootFolder());
    assertEquals(Optional.empty(), WebArtifact.of(server.publish("1.1.0").artifact()).rootFolder());
  }

  @Test
  void publish_encrypted_namesTheFieldThatIsWrong() {
    String key = base64(16) + ":" + base64(256);
    String checksum = "a".repeat(512);
    Map<WebArtifact.Encryption, String> wrong =
        Map.of(
            encryption(base64(16), checksum), "session_key",
            encryption(base64(16) + ":" + base64(128), checksum), "session_key",
            encryption(base64(15) + ":" + base64(256), checksum), "session_key",
            encryption(key, "a".repeat(64)), "checksum",
            encryption(key, "A".repeat(512)), "checksum",
            encryption(key, base64(32)), "checksum");
    wrong.forEach(
        (how, field) ->
            assertEquals(
                field,
                assertThrows(
                        InvalidReleaseException.class,
                        () ->
                            server.publish(WebServer.bundle("1.0.0").encryption(how), server.zip()))
                    .field()));
    EncryptionRules.check(encryption(key, base64(256)));
  }

  @Test
  void publish_manyAtOnce_haveAnExactOrder() {
    List<PublishedBundle> published =
        Together.call(
            20,
            number -> {
              Path zip = server.zip("shared.js", "shared", "own.js", "own " + number);
              return () -> server.publish(WebServer.bundle("1.0." + number), zip);
            });
    Set<Long> places = new HashSet<>();
    published.forEach(each -> places.add(each.release().sequence()));
    assertEquals(20, places.size());
    assertEquals(20, server.sequence());
    Release last =
        server.releases().records(WebServer.APP).releases().stream()
            .filter(release -> release.sequence() == 20)
            .findFirst()
            .orElseThrow();
    assertEquals(Optional.of(last.version().toString()), server.active("stable"));
    for (PublishedBundle each : published) {
      assertEquals("shared", new String(server.bytes(server.file(each, "shared.js").uri()), UTF_8));
    }
  }

  @Test
  void publish_sameVersionManyTimesAtOnce_isPublishedOnce() {
    Path zip = server.zip("a.js", "1");
    List<PublishedBundle> published =
        Together.call(8, () -> server.publish(WebServer.bundle("1.0.0"), zip));
    assertEquals(1, published.stream().filter(PublishedBundle::isNew).count());
    assertEquals(1, published.stream().map(PublishedBundle::artifact).distinct().count());
    // The zip, the manifest and the two files.
    assertEquals(4, server.keys().size());
  }

  @Test
  void publishPackage_isKeptAsItIs_onItsChannel() {
    Path apk = server.zip("classes.dex", "x");
    NewPackage described =
        NewPackage.of(ReleaseVersion.of("1.0.0"), "my app.apk", Optional.empty());
    PublishedBundle published =
        server.publishing.publishPackage(WebServer.APP, described, apk, WebServer.NONE);
    assertEquals("apk", published.release().channel());
    assertEquals("android-apk", published.artifact().target().toString());
    assertEquals(Optional.of("app.apk"), published.artifact().fileName());
    assertFalse(WebArtifact.isIn(published.release()));
    assertFalse(
        server.publishing.publishPackage(WebServer.APP, described, apk, WebServer.NONE).isNew());
    assertThrows(
        BundleConflictException.class,
        () ->
            server.publishing.publishPackage(
                WebServer.APP, described, server.zip("classes.dex", "y"), WebServer.NONE));
    // A web bundle of the same version is something else.
    assertTrue(server.publish("1.0.0").isNew());

    assertEquals(
        Optional.of(ReleaseState.REMOVED),
        server
            .publishing
            .remove(WebServer.APP, published.release().id(), WebServer.NONE)
            .map(Release::state));
    assertFalse(server.has(published.artifact().storageUri()));
  }

  @Test
  void publishPackage_thatIsNone_isRefused() throws Exception {
    NewPackage described =
        NewPackage.of(ReleaseVersion.of("1.0.0"), "a.apk", Optional.of("0".repeat(64)));
    Path text = Files.writeString(folder.resolve("a.apk"), "text");
    assertThrows(
        RejectedZipException.class,
        () -> server.publishing.publishPackage(WebServer.APP, described, text, WebServer.NONE));
    assertThrows(
        ChecksumMismatchException.class,
        () ->
            server.publishing.publishPackage(
                WebServer.APP, described, server.zip(), WebServer.NONE));
    WebPublishing small = WebPublishing.builder().maxPackageBytes(3).start(server.server.backend());
    assertThrows(
        ArtifactTooLargeException.class,
        () -> small.publishPackage(WebServer.APP, described, text, WebServer.NONE));
  }

  @Test
  void activate_givesTheNextPlace_once() {
    PublishedBundle first = server.publish("1.0.0", "a.js", "1");
    server.publish("1.1.0", "a.js", "2");
    Release activated =
        server.publishing.activate(WebServer.APP, first.release().id(), WebServer.NONE);
    assertEquals(3, activated.sequence());
    assertEquals(Optional.of("1.0.0"), server.active("stable"));
    server.publishing.activate(WebServer.APP, first.release().id(), WebServer.NONE);
    assertEquals(3, server.sequence());
  }

  @Test
  void changeDelivery_changesNothingElse() {
    PublishedBundle published = server.publish("1.0.0");
    Release changed =
        server.publishing.changeDelivery(
            WebServer.APP,
            published.release().id(),
            release -> release.removed().toBuilder().mandatory(true).sequence(9).build(),
            WebServer.NONE);
    assertEquals(published.release().toBuilder().mandatory(true).build(), changed);
  }

  @Test
  void publish_largeFiles_passThroughTheSpool_whichIsEmptyAfterwards() throws Exception {
    Path spool = Files.createDirectory(folder.resolve("spool"));
    String large = "0123456789".repeat(60_000);
    try (WebServer spooling =
        WebServer.start(
            Files.createDirectory(folder.resolve("other")),
            WebPublishing.builder().spoolDirectory(spool))) {
      PublishedBundle published = spooling.publish("1.0.0", "large.bin", large);
      assertEquals(
          large, new String(spooling.bytes(spooling.file(published, "large.bin").uri()), UTF_8));
    }
    assertEquals(0, Objects.requireNonNull(spool.toFile().list()).length);
  }

  @Test
  void activate_keepsThePlaceOfTheUpload_untilTheReleaseIsUploadedAnew() {
    Path zip = server.zip("a.js", "1");
    PublishedBundle first = server.publish(WebServer.bundle("1.0.0"), zip);
    server.publish("1.1.0", "a.js", "2");
    Release activated =
        server.publishing.activate(WebServer.APP, first.release().id(), WebServer.NONE);
    assertEquals(1, activated.uploadSequence());
    assertEquals(activated, server.stored(activated));

    server.publishing.remove(WebServer.APP, activated.id(), WebServer.NONE);
    Release again = server.publish(WebServer.bundle("1.0.0"), zip).release();
    assertEquals(activated.id(), again.id());
    assertEquals(5, again.sequence());
    assertEquals(5, again.uploadSequence());
  }

  @Test
  void publish_intoAReleaseOfAnotherKind_isRefused() {
    Release desktop =
        ReleaseFixture.published("1.2.0", ReleaseFixture.ready("linux/x86_64")).build();
    server.releases().changeApp(WebServer.APP, ReleaseFixture.TIME, app -> app);
    server.releases().create(desktop);

    assertThrows(ReleaseStateException.class, () -> server.publish("1.2.0"));
    assertThrows(
        ReleaseStateException.class,
        () -> server.publishing.remove(WebServer.APP, desktop.id(), WebServer.NONE));
    assertEquals(desktop, server.stored(desktop));
  }
}
