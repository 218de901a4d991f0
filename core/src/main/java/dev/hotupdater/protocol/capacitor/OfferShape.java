package dev.hotupdater.protocol.capacitor;

import dev.hotupdater.liveupdate.WebArtifact.Encryption;
import java.util.regex.Pattern;

/**
 * What an offer to a client has: all clients with the same shape get the same offer. Immutable.
 *
 * @param checksum which checksum of a zip that is not encrypted
 * @param hasManifest whether the files are listed one by one
 * @param hasNotes whether what people read is told
 * @param hasSessionKey whether it is said that a zip is not encrypted, too
 * @param decryption which encrypted zips the client can read
 */
record OfferShape(
    Checksum checksum,
    boolean hasManifest,
    boolean hasNotes,
    boolean hasSessionKey,
    Decryption decryption) {
  /** A checksum of a zip. */
  enum Checksum {
    SHA_256,
    CRC_32
  }

  /** By which form of the encrypted checksum a client decrypts. Source: section A5. */
  enum Decryption {
    /** It cannot. */
    NONE,
    /** The older one. */
    BASE64,
    /** The newer one. */
    HEX,
    /** What an app does that asks by itself is not known. */
    ANY
  }

  private static final Pattern HEX_DIGITS = Pattern.compile("[0-9a-f]+");

  static OfferShape of(Client client) {
    return new OfferShape(
        client.checksSha256() ? Checksum.SHA_256 : Checksum.CRC_32,
        client.loadsManifests(),
        client.showsLinks(),
        client.isNative(),
        client.decryption());
  }

  /** Whether the client can decrypt a zip. */
  boolean decrypts(Encryption encryption) {
    boolean isHex = HEX_DIGITS.matcher(encryption.checksum()).matches();
    return decryption == Decryption.ANY
        || decryption == (isHex ? Decryption.HEX : Decryption.BASE64);
  }
}
