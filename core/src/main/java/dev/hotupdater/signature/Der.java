package dev.hotupdater.signature;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/** Writes the little of DER that is needed to wrap one form of a key in another. */
final class Der {
  private static final int SEQUENCE = 0x30;
  private static final int OCTET_STRING = 0x04;
  private static final int SHORT_LENGTHS = 0x80;

  /** INTEGER 0, and the AlgorithmIdentifier of rsaEncryption with its parameter NULL. */
  private static final byte[] VERSION_AND_RSA =
      HexFormat.of().parseHex("020100300d06092a864886f70d0101010500");

  private Der() {}

  /** A private key of PKCS#1 as one of PKCS#8 (RFC 5958, "OneAsymmetricKey"). */
  static byte[] pkcs8(byte[] pkcs1) {
    return element(SEQUENCE, VERSION_AND_RSA, element(OCTET_STRING, pkcs1));
  }

  private static byte[] element(int tag, byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    byte[] encodedLength = length(length);
    ByteBuffer element = ByteBuffer.allocate(1 + encodedLength.length + length);
    element.put((byte) tag).put(encodedLength);
    for (byte[] part : parts) {
      element.put(part);
    }
    return element.array();
  }

  private static byte[] length(int length) {
    if (length < SHORT_LENGTHS) {
      return new byte[] {(byte) length};
    }
    int count = (Integer.SIZE - Integer.numberOfLeadingZeros(length) + Byte.SIZE - 1) / Byte.SIZE;
    byte[] bytes = new byte[1 + count];
    bytes[0] = (byte) (SHORT_LENGTHS | count);
    for (int i = 1; i <= count; i++) {
      bytes[i] = (byte) (length >>> (count - i) * Byte.SIZE);
    }
    return bytes;
  }
}
