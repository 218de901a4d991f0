package dev.hotupdater.signature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotupdater.fixture.RsaKeys;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import org.junit.jupiter.api.Test;

/** Which texts are keys to sign with, and what is said of others. */
class RsaSigningKeyTest {
  private static final String PEM = RsaKeys.FIRST.pkcs8Pem();

  private static void assertRefused(String text, String expected) {
    InvalidSignatureTextException refusal =
        assertThrows(InvalidSignatureTextException.class, () -> RsaSigningKey.fromPem(text));
    String message = String.valueOf(refusal.getMessage());
    assertTrue(message.contains(expected), message);
    assertNull(refusal.getCause());
    text.lines()
        .filter(line -> line.length() > 20 && !line.startsWith("-----"))
        .forEach(line -> assertFalse(message.contains(line.substring(0, 20)), message));
  }

  private static String pair(String algorithm, int bits) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
    generator.initialize(bits);
    KeyPair pair = generator.generateKeyPair();
    return RsaKeys.pem("PRIVATE KEY", pair.getPrivate().getEncoded());
  }

  @Test
  void fromPem_ofBothForms_isTheSameKey() {
    RsaSigningKey key = RsaSigningKey.fromPem(PEM);

    assertEquals(key.id(), RsaSigningKey.fromPem(RsaKeys.FIRST.pkcs1Pem()).id());
    assertEquals(
        key.publicKeyPem(), RsaSigningKey.fromPem(PEM.replace("\n", "\r\n")).publicKeyPem());
    assertEquals(key.id(), RsaSigningKey.fromPem("Bag Attributes: x\n" + PEM + "\n\n").id());
    assertEquals(key.id(), RsaSigningKey.fromPem(key.publicKeyPem() + PEM).id());
  }

  @Test
  void fromPem_ofEncryptedKey_saysHowToDecryptIt() {
    assertRefused(PEM.replace("PRIVATE KEY", "ENCRYPTED PRIVATE KEY"), "openssl pkey -in");
    assertRefused(
        "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,AB\n\n"
            + "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVo=\n-----END RSA PRIVATE KEY-----\n",
        "openssl pkey -in");
  }

  @Test
  void fromPem_ofKeyOfEllipticCurve_isRefused() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    byte[] key = generator.generateKeyPair().getPrivate().getEncoded();

    assertRefused(RsaKeys.pem("PRIVATE KEY", key), "elliptic curve. No app verifies");
    assertRefused(RsaKeys.pem("EC PRIVATE KEY", key), "elliptic curve. No app verifies");
  }

  @Test
  void fromPem_ofShortKey_isRefused() throws Exception {
    assertRefused(pair("RSA", 1_024), "1024 bits");
  }

  @Test
  void fromPem_ofOtherKinds_saysWhatTheyAre() throws Exception {
    assertRefused(RsaSigningKey.fromPem(PEM).publicKeyPem(), "public key");
    assertRefused(PEM.replace("PRIVATE KEY", "OPENSSH PRIVATE KEY"), "ssh-keygen");
    assertRefused(PEM.replace("PRIVATE KEY", "DSA PRIVATE KEY"), "not one of RSA");
    assertRefused(pair("Ed25519", 255), "not one of RSA");
    assertRefused(PEM + RsaKeys.SECOND.pkcs8Pem(), "several private keys");
    assertRefused("", "not a private key in PEM");
    assertRefused("/etc/keys/private.pem", "not a private key in PEM");
  }

  @Test
  void fromPem_ofDamagedKey_isRefused() {
    assertRefused(PEM.substring(0, PEM.length() / 2), "cut off");
    assertRefused(PEM.replace("\n", "\\n"), "not the two characters");
    assertRefused(PEM.replaceFirst("\nMII", "\nAII"), "cut off or changed");
    assertRefused("-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----\n", "not one of RSA");
  }

  @Test
  void fromPem_ofNumbersThatDoNotBelongTogether_isRefused() throws Exception {
    assertRefused(
        RsaKeys.pem("PRIVATE KEY", RsaKeys.FIRST.withPrimesOf(RsaKeys.SECOND)),
        "do not belong together");
  }

  @Test
  void parse_ofPrivateKeyInPlaceOfThePublicOne_isRefused() {
    String message =
        String.valueOf(
            assertThrows(InvalidSignatureTextException.class, () -> RsaVerificationKey.parse(PEM))
                .getMessage());

    assertTrue(message.contains("SECRET"), message);
  }

  @Test
  void parse_ofOtherTexts_isRefused() {
    for (String text :
        new String[] {"", "AAAA", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----"}) {
      assertThrows(InvalidSignatureTextException.class, () -> RsaVerificationKey.parse(text));
    }
  }
}
