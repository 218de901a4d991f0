package dev.hotupdater.signature;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotupdater.fixture.RsaKeys;
import dev.hotupdater.fixture.Seed;
import java.io.ByteArrayInputStream;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys that sign bundles, and what verifies. */
class SigningKeysTest {
  private static final byte[] CONTENT = "the bytes of a bundle".getBytes(US_ASCII);
  private static final RsaSigningKey CURRENT = RsaSigningKey.fromPem(RsaKeys.FIRST.pkcs8Pem());
  private static final RsaSigningKey OLDER = RsaSigningKey.fromPem(RsaKeys.SECOND.pkcs8Pem());

  private static List<BundleSignature> sign(SigningKeys keys, byte[] content) {
    BundleSigner signer = keys.signer();
    signer.update(content, 0, content.length);
    return signer.sign();
  }

  private static boolean verifies(RsaSigningKey key, byte[] content, String signature) {
    BundleVerifier verifier = BundleVerifier.of(key.publicKey());
    verifier.update(content, 0, content.length);
    return verifier.matches(signature);
  }

  /** A signature of the same key by other rules. */
  private static String other(String algorithm, Optional<PSSParameterSpec> parameters)
      throws Exception {
    PrivateKey key = RsaKeys.FIRST.privateKey();
    Signature signature = Signature.getInstance(algorithm);
    if (parameters.isPresent()) {
      signature.setParameter(parameters.get());
    }
    signature.initSign(key);
    signature.update(CONTENT);
    return Base64.getEncoder().encodeToString(signature.sign());
  }

  @Test
  void sign_withSeveralKeys_givesOneSignatureOfEachInTheirOrder() {
    SigningKeys keys = SigningKeys.of(CURRENT).and(OLDER);

    List<BundleSignature> signatures = sign(keys, CONTENT);

    assertEquals(
        List.of(CURRENT.id(), OLDER.id()),
        signatures.stream().map(BundleSignature::keyId).toList());
    assertTrue(verifies(CURRENT, CONTENT, signatures.get(0).text()));
    assertTrue(verifies(OLDER, CONTENT, signatures.get(1).text()));
    assertFalse(verifies(CURRENT, CONTENT, signatures.get(1).text()));
    assertFalse(verifies(OLDER, CONTENT, signatures.get(0).text()));
    assertEquals(Optional.of(OLDER), keys.key(OLDER.id()));
    assertEquals(CURRENT, keys.current());
  }

  @Test
  void sign_inPieces_isOverAllOfThem() {
    Random random = Seed.random(SigningKeysTest.class);
    byte[] content = new byte[200_000];
    random.nextBytes(content);
    BundleSigner signer = SigningKeys.of(CURRENT).signer();
    for (int next = 0; next < content.length; ) {
      int length = Math.min(random.nextInt(70_000), content.length - next);
      signer.update(content, next, length);
      next += length;
    }

    String signature = signer.sign().get(0).text();

    assertTrue(verifies(CURRENT, content, signature));
    content[random.nextInt(content.length)] ^= 1;
    assertFalse(verifies(CURRENT, content, signature));
  }

  @Test
  void sign_ofStream_readsItOnceForAllKeys() throws Exception {
    ByteArrayInputStream content = new ByteArrayInputStream(CONTENT);

    List<BundleSignature> signatures = SigningKeys.of(CURRENT).and(OLDER).sign(content);

    assertEquals(0, content.available());
    assertTrue(verifies(OLDER, CONTENT, signatures.get(1).text()));
    assertTrue(
        CURRENT.publicKey().verifies(new ByteArrayInputStream(CONTENT), signatures.get(0).text()));
    assertFalse(
        CURRENT
            .publicKey()
            .verifies(new ByteArrayInputStream(CONTENT, 1, 5), signatures.get(0).text()));
  }

  @Test
  void sign_ofNothing_verifies() {
    byte[] nothing = {};

    assertTrue(verifies(CURRENT, nothing, sign(SigningKeys.of(CURRENT), nothing).get(0).text()));
  }

  @Test
  void verifier_ofChangedSignature_refusesIt() {
    byte[] signature =
        Base64.getDecoder().decode(sign(SigningKeys.of(CURRENT), CONTENT).get(0).text());
    signature[7] ^= 1;

    assertFalse(verifies(CURRENT, CONTENT, Base64.getEncoder().encodeToString(signature)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "no base64!", "AAAA", "AAA", "-_-_"})
  void verifier_ofTextThatIsNoSignature_refusesIt(String text) {
    assertFalse(verifies(CURRENT, CONTENT, text));
  }

  @Test
  void verifier_ofSignatureWithLineBreaks_refusesItAsClientsDo() {
    String signature = sign(SigningKeys.of(CURRENT), CONTENT).get(0).text();

    assertFalse(verifies(CURRENT, CONTENT, signature + "\n"));
  }

  @Test
  void verifier_ofOtherKindsOfSignature_refusesThem() throws Exception {
    assertFalse(verifies(CURRENT, CONTENT, other("SHA256withRSA", Optional.empty())));
    for (int salt : List.of(0, 20, 31, 33, 222)) {
      assertFalse(
          verifies(CURRENT, CONTENT, other("RSASSA-PSS", Optional.of(pss("SHA-256", salt)))),
          () -> "salt of " + salt);
    }
    assertFalse(verifies(CURRENT, CONTENT, other("RSASSA-PSS", Optional.of(pss("SHA-512", 32)))));
    assertTrue(verifies(CURRENT, CONTENT, other("RSASSA-PSS", Optional.of(pss("SHA-256", 32)))));
  }

  private static PSSParameterSpec pss(String digest, int salt) {
    return new PSSParameterSpec(digest, "MGF1", MGF1ParameterSpec.SHA256, salt, 1);
  }

  @Test
  void signer_andVerifier_areForOneFile() {
    BundleSigner signer = SigningKeys.of(CURRENT).signer();
    String signature = signer.sign().get(0).text();
    assertThrows(IllegalStateException.class, signer::sign);
    assertThrows(IllegalStateException.class, () -> signer.update(CONTENT, 0, 1));
    BundleVerifier verifier = BundleVerifier.of(CURRENT.publicKey());
    assertTrue(verifier.matches(signature));
    assertThrows(IllegalStateException.class, () -> verifier.matches(signature));
    assertThrows(IllegalStateException.class, () -> verifier.update(CONTENT, 0, 1));
  }

  @Test
  void and_withKeyTwice_isRefused() {
    SigningKeys keys = SigningKeys.of(CURRENT).and(OLDER);

    assertThrows(IllegalArgumentException.class, () -> keys.and(CURRENT));
  }

  @Test
  void and_withTooManyKeys_isRefused() {
    RsaSigningKey[] many =
        IntStream.range(0, SigningKeys.MAX_KEYS)
            .mapToObj(any -> OLDER)
            .toArray(RsaSigningKey[]::new);

    assertThrows(IllegalArgumentException.class, () -> SigningKeys.of(CURRENT).and(many));
  }

  @Test
  void id_isTheBeginningOfTheHashOfThePublicKey() throws Exception {
    byte[] spki = RsaKeys.FIRST.publicKey().getEncoded();
    String hash = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(spki));

    assertEquals(hash.substring(0, 16), CURRENT.id());
    assertNotEquals(CURRENT.id(), OLDER.id());
  }

  @Test
  void publicKeyPem_isReadAsTheSameKey() {
    String pem = CURRENT.publicKeyPem();

    assertTrue(pem.startsWith("-----BEGIN PUBLIC KEY-----\nMII"), pem);
    assertTrue(pem.endsWith("\n-----END PUBLIC KEY-----\n"), pem);
    assertEquals(CURRENT.publicKey(), RsaVerificationKey.parse(pem));
    String base64 = pem.lines().filter(line -> !line.startsWith("-")).reduce("", String::concat);
    assertEquals(CURRENT.publicKey(), RsaVerificationKey.parse(base64));
    assertEquals(2_048, CURRENT.publicKey().bits());
  }

  @Test
  void texts_ofKeys_tellTheirIdsAlone() {
    assertEquals("RsaSigningKey[" + CURRENT.id() + "]", CURRENT.toString());
    assertEquals("RsaVerificationKey[" + CURRENT.id() + "]", CURRENT.publicKey().toString());
    assertEquals(
        "SigningKeys[RsaSigningKey[" + CURRENT.id() + "], RsaSigningKey[" + OLDER.id() + "]]",
        SigningKeys.of(CURRENT).and(OLDER).toString());
    assertEquals("PemBlock[PRIVATE KEY]", PemBlock.in(RsaKeys.FIRST.pkcs8Pem()).get(0).toString());
  }
}
