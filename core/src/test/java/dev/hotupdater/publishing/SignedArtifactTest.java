package dev.hotupdater.publishing;

import static dev.hotupdater.publishing.PublishingServer.BYTES;
import static dev.hotupdater.publishing.PublishingServer.LINUX;
import static dev.hotupdater.publishing.PublishingServer.MAC;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotupdater.fixture.TestSigner;
import dev.hotupdater.release.Artifact;
import dev.hotupdater.release.ArtifactSignature;
import dev.hotupdater.release.InvalidReleaseException;
import dev.hotupdater.release.Release;
import dev.hotupdater.release.ReleaseVersion;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignedArtifactTest {
  private static final String COMMENT = "timestamp:1\tfile:app";
  private static final String SECRET_KEY =
      base64("untrusted comment: rsign encrypted secret key\nRWRTY0Iy" + "A".repeat(200) + "\n");

  /** The known signature of the file "test" that current tools make. */
  private static final String KNOWN_KEY =
      "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3";

  private static final String KNOWN_SIGNATURE =
      "untrusted comment: signature from minisign secret key\r\n"
          + "RUQf6LRCGA9i559r3g7V1qNyJDApGip8MfqcadIgT9CuhV3EMhHoN1mGTkUidF/z7SrlQgXdy8ofjb7bNJJylDOo"
          + "crCo8KLzZwo=\r\n"
          + "trusted comment: timestamp:1556193335\tfile:test\r\n"
          + "y/rUw2y8/hOUYjZU71eHp/Wo1KZ40fGy2VJEDl34XMJM+TX48Ss/17u3IvIfbVR1FkZZSNCisQbuQY+bHwhEBg=="
          + "\r\n";

  @TempDir private Path directory;
  private final TestSigner signer = TestSigner.create(1);
  private PublishingServer server;

  @BeforeEach
  void start() {
    server = PublishingServer.start(directory);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static NewArtifact signed(String... signatures) {
    return new NewArtifact(
        MAC,
        BYTES.length,
        Optional.empty(),
        new UploadClaims(Optional.empty(), List.of(signatures)));
  }

  private Artifact publish(Release release, NewArtifact described) {
    AnnouncedUpload upload = server.announce(release, described);
    server.storage.upload(upload, BYTES);
    return server.complete(release, upload);
  }

  @Test
  void signatureOfCurrentTools_isVerified_andKeptAsClientsTakeIt() {
    server.setKeys(AppKey.of(KNOWN_KEY));
    Artifact ready = publish(server.create("1.2.0"), signed(KNOWN_SIGNATURE));
    assertEquals(
        List.of(
            new ArtifactSignature(
                base64(KNOWN_SIGNATURE.replace("\r", "")), Optional.of("E7620F1842B4E81F"))),
        ready.signatures());
  }

  @Test
  void signatureOfTheRelease_countsForArtifactsWithoutTheirOwn() {
    server.setKeys(AppKey.of(signer.publicKey()));
    String signature = signer.sign(BYTES, COMMENT);
    Release release =
        server.create(NewRelease.builder(ReleaseVersion.of("1.2.0")).signature(signature));
    Artifact ready = publish(release, NewArtifact.of(MAC, BYTES.length));
    assertEquals(
        List.of(new ArtifactSignature(signature, Optional.of("100000000000001"))),
        ready.signatures());
  }

  @Test
  void signatureOfOtherBytes_isRejected_evenBesideAGoodOne() {
    TestSigner known = TestSigner.create(2);
    server.setKeys(
        AppKey.of(KNOWN_KEY),
        new AppKey(known.publicKey(), Optional.of(ReleaseVersion.of("1.0.0"))));
    Release release = server.create("1.2.0");
    String other = known.sign("other".getBytes(StandardCharsets.US_ASCII), COMMENT);
    AnnouncedUpload upload = server.announce(release, signed(KNOWN_SIGNATURE, other));
    server.storage.upload(upload, BYTES);

    UploadRejectedException rejected =
        assertThrows(UploadRejectedException.class, () -> server.complete(release, upload));

    assertTrue(String.valueOf(rejected.getMessage()).contains("not those that were signed"));
    assertFalse(server.stored(release).hasReadyArtifact());
    assertEquals(List.of(), server.keys());
  }

  @Test
  void signaturesOfTwoKeys_areBothKept() {
    server.setKeys(
        AppKey.of(KNOWN_KEY),
        new AppKey(signer.publicKey(), Optional.of(ReleaseVersion.of("1.0.0"))));
    Artifact ready =
        publish(server.create("1.2.0"), signed(KNOWN_SIGNATURE, signer.sign(BYTES, COMMENT)));
    assertEquals(2, ready.signatures().size());
  }

  @Test
  void appWithKeys_takesNoArtifactWithoutSignature_andTheWatchWaitsForOne() {
    server.setKeys(AppKey.of(signer.publicKey()));
    Release release = server.create("1.2.0");
    AnnouncedUpload upload = server.upload(release, MAC);
    assertThrows(UploadRejectedException.class, () -> server.complete(release, upload));
    assertEquals(0, server.publishing.completeUploads());

    UploadClaims claims = new UploadClaims(Optional.empty(), List.of(signer.sign(BYTES, COMMENT)));
    assertTrue(server.complete(release, upload, claims).isReady());
  }

  @Test
  void signatureOfAnUnknownKey_isRefusedBeforeTheUpload() {
    server.setKeys(AppKey.of(signer.publicKey()));
    String signature = TestSigner.create(9).sign(BYTES, COMMENT);
    Release release = server.create("1.2.0");
    assertThrows(UploadRejectedException.class, () -> server.announce(release, signed(signature)));
    assertThrows(
        UploadRejectedException.class,
        () -> server.create(NewRelease.builder(ReleaseVersion.of("1.3.0")).signature(signature)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.2.0+7", "v1.2.0+7", "vv1.2.0+7"})
  void signedVersion_thatIsTheRelease_isTaken(String signedVersion) {
    server.setKeys(AppKey.of(signer.publicKey()));
    String signature = signer.sign(BYTES, COMMENT + "\tversion:" + signedVersion);
    assertTrue(publish(server.create("1.2.0+7"), signed(signature)).isReady());
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.2.0", "1.2.0+07", "1.2.0+8", "V1.2.0+7", "", "1.2"})
  void signedVersion_thatIsAnother_isRefused(String signedVersion) {
    server.setKeys(AppKey.of(signer.publicKey()));
    String signature = signer.sign(BYTES, COMMENT + "\tversion:" + signedVersion);
    Release release = server.create("1.2.0+7");
    assertThrows(UploadRejectedException.class, () -> server.announce(release, signed(signature)));
  }

  @Test
  void keyTakenAwayAfterTheAnnouncement_isFoundAtCompletion() {
    server.setKeys(AppKey.of(signer.publicKey()));
    Release release = server.create("1.2.0");
    AnnouncedUpload upload = server.announce(release, signed(signer.sign(BYTES, COMMENT)));
    server.storage.upload(upload, BYTES);
    server.setKeys(AppKey.of(KNOWN_KEY));
    assertThrows(UploadRejectedException.class, () -> server.complete(release, upload));
    assertTrue(
        ReleasePublishing.rejection(server.stored(release, upload.artifact().id())).isPresent());
    // The bytes may be good: only the key is missing.
    server.setKeys(
        AppKey.of(KNOWN_KEY),
        new AppKey(signer.publicKey(), Optional.of(ReleaseVersion.of("1.0.0"))));
    assertTrue(server.complete(release, upload).isReady());
  }

  @Test
  void secretKey_isRefusedEverywhere_withAndWithoutKeys() {
    Release release = server.create("1.2.0");
    for (List<AppKey> keys : List.of(List.<AppKey>of(), List.of(AppKey.of(KNOWN_KEY)))) {
      server.setKeys(keys.toArray(AppKey[]::new));
      refusesSecretKey(
          () ->
              server.create(NewRelease.builder(ReleaseVersion.of("1.3.0")).signature(SECRET_KEY)));
      refusesSecretKey(() -> server.announce(release, signed(SECRET_KEY)));
      refusesSecretKey(() -> server.setKeys(AppKey.of(SECRET_KEY)));
    }
    server.setKeys();
    AnnouncedUpload upload = server.upload(release, LINUX);
    refusesSecretKey(
        () ->
            server.complete(
                release, upload, new UploadClaims(Optional.empty(), List.of(SECRET_KEY))));
  }

  private static void refusesSecretKey(Runnable work) {
    InvalidReleaseException refused = assertThrows(InvalidReleaseException.class, work::run);
    assertTrue(String.valueOf(refused.getMessage()).contains("SECRET"), refused.getMessage());
    assertFalse(String.valueOf(refused.getMessage()).contains("RWRTY0Iy"), refused.getMessage());
  }

  @Test
  void appWithoutKeys_passesSignaturesThrough() {
    Artifact ready = publish(server.create("1.2.0"), signed("any scheme"));
    assertEquals(
        List.of(new ArtifactSignature("any scheme", Optional.empty())), ready.signatures());
  }

  @Test
  void notASignature_isInvalidForAnAppWithKeys() {
    server.setKeys(AppKey.of(KNOWN_KEY));
    Release release = server.create("1.2.0");
    InvalidReleaseException refused =
        assertThrows(
            InvalidReleaseException.class, () -> server.announce(release, signed("app.sig")));
    assertEquals("signatures", refused.field());
  }

  @Test
  void signatureThatTheKeysOfTheAppMadeUnreadable_isARejectionThatIsKept() {
    Release release = server.create("1.2.0");
    AnnouncedUpload upload = server.announce(release, signed("app.sig"));
    server.storage.upload(upload, BYTES);
    server.setKeys(AppKey.of(KNOWN_KEY));
    UploadRejectedException rejected =
        assertThrows(UploadRejectedException.class, () -> server.complete(release, upload));
    assertEquals(
        Optional.ofNullable(rejected.getMessage()),
        ReleasePublishing.rejection(server.stored(release, upload.artifact().id())));
  }

  @Test
  void signatureGivenAtCompletion_thatDoesNotMatch_leavesTheUpload() {
    server.setKeys(AppKey.of(signer.publicKey()));
    Release release = server.create("1.2.0");
    AnnouncedUpload upload = server.announce(release, signed(signer.sign(BYTES, COMMENT)));
    server.storage.upload(upload, BYTES);
    String wrong = signer.sign("other".getBytes(StandardCharsets.US_ASCII), COMMENT);
    UploadClaims claims = new UploadClaims(Optional.empty(), List.of(wrong));
    assertThrows(UploadRejectedException.class, () -> server.complete(release, upload, claims));
    assertEquals(upload.artifact(), server.stored(release, upload.artifact().id()));
    assertEquals(List.of(HookedUploads.key(upload)), server.keys());
    assertTrue(server.complete(release, upload).isReady());
  }

  @Test
  void twoSignaturesOfOneKey_areRefused() {
    server.setKeys(AppKey.of(signer.publicKey()));
    Release release = server.create("1.2.0");
    NewArtifact twice = signed(signer.sign(BYTES, COMMENT), signer.sign(BYTES, COMMENT + "2"));
    assertThrows(InvalidReleaseException.class, () -> server.announce(release, twice));
  }

  @Test
  void severalLegacySignatures_areRefused_sinceTheyNeedMemory() {
    TestSigner other = TestSigner.create(2);
    server.setKeys(
        AppKey.of(signer.publicKey()),
        new AppKey(other.publicKey(), Optional.of(ReleaseVersion.of("1.0.0"))));
    Release release = server.create("1.2.0");
    NewArtifact twice = signed(signer.sign(BYTES, COMMENT), other.sign(BYTES, COMMENT));
    assertThrows(InvalidReleaseException.class, () -> server.announce(release, twice));
  }
}
