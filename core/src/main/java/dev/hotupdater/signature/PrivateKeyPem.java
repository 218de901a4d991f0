package dev.hotupdater.signature;

import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;

/**
 * Private keys of RSA in PEM, and what people pass on in place of one. What is thrown never has a
 * cause: that of the platform might tell of the key.
 */
final class PrivateKeyPem {
  private static final String PKCS8 = "PRIVATE KEY";
  private static final String PKCS1 = "RSA PRIVATE KEY";
  private static final String ANY_PRIVATE = "PRIVATE KEY";
  private static final String ENCRYPTION = "ENCRYPTED";
  private static final String HOW_TO_MAKE =
      " Make one with: openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out"
          + " private.pem";

  private PrivateKeyPem() {}

  /**
   * The only private key in a text.
   *
   * @throws InvalidSignatureTextException if there is none or another kind, or several
   */
  static RSAPrivateCrtKey parse(String text) {
    List<PemBlock> blocks = PemBlock.in(text);
    List<PemBlock> keys =
        blocks.stream().filter(block -> block.label().endsWith(ANY_PRIVATE)).toList();
    if (keys.isEmpty()) {
      throw noKey(text, blocks);
    }
    if (keys.size() > 1) {
      throw refusal("The text has several private keys. Give each in a text of its own.");
    }
    return decode(keys.get(0));
  }

  private static RSAPrivateCrtKey decode(PemBlock block) {
    // Older tools say it in a line of the block, and not in its label.
    if (block.label().contains(ENCRYPTION) || block.body().contains(ENCRYPTION)) {
      throw refusal(
          "The private key is encrypted with a password, which this server does not ask for."
              + " Decrypt it with: openssl pkey -in encrypted.pem -out private.pem, and let only"
              + " the server's user read the new file.");
    }
    byte[] bytes =
        block
            .bytes()
            .orElseThrow(
                () ->
                    refusal(
                        "The private key was changed: what stands between its first and its last"
                            + " line is not base64. Line breaks must be real ones, not the two"
                            + " characters \\n."));
    return switch (block.label()) {
      case PKCS8 -> rsa(bytes);
      case PKCS1 -> rsa(Der.pkcs8(bytes));
      case "EC PRIVATE KEY" -> throw elliptic();
      case "OPENSSH PRIVATE KEY" ->
          throw refusal(
              "The private key is in the format of OpenSSH. Convert a copy of it with: ssh-keygen -p"
                  + " -m PEM -f copy");
      default -> throw refusal("The private key is not one of RSA." + HOW_TO_MAKE);
    };
  }

  private static RSAPrivateCrtKey rsa(byte[] pkcs8) {
    try {
      PrivateKey key =
          KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
      if (key instanceof RSAPrivateCrtKey whole) {
        return whole;
      }
      throw refusal("The private key lacks its primes and exponents." + HOW_TO_MAKE);
    } catch (InvalidKeySpecException e) {
      throw isElliptic(pkcs8)
          ? elliptic()
          : refusal("The private key is not one of RSA, or was cut off or changed." + HOW_TO_MAKE);
    } catch (NoSuchAlgorithmException e) {
      throw RsaPss.missing(e);
    }
  }

  private static boolean isElliptic(byte[] pkcs8) {
    try {
      KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
      return true;
    } catch (InvalidKeySpecException e) {
      return false;
    } catch (NoSuchAlgorithmException e) {
      throw RsaPss.missing(e);
    }
  }

  private static InvalidSignatureTextException elliptic() {
    return refusal(
        "The private key is one of an elliptic curve. No app verifies its signatures."
            + HOW_TO_MAKE);
  }

  private static InvalidSignatureTextException noKey(String text, List<PemBlock> blocks) {
    if (blocks.stream().anyMatch(block -> block.label().endsWith("PUBLIC KEY"))) {
      return refusal(
          "This is a public key. The server signs with the private one, and the app has the public"
              + " one.");
    }
    return text.contains("-----BEGIN ")
        ? refusal("The text has no whole private key in it: it was cut off or changed.")
        : refusal(
            "This is not a private key in PEM, which begins with -----BEGIN PRIVATE KEY-----."
                + HOW_TO_MAKE);
  }

  private static InvalidSignatureTextException refusal(String message) {
    return new InvalidSignatureTextException(message);
  }
}
