package dev.hotupdater.catalog;

import dev.hotupdater.device.ChannelAssignment;
import dev.hotupdater.device.DeviceFact;
import dev.hotupdater.device.DeviceKey;
import dev.hotupdater.release.AppId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;

/**
 * Turns what a fact is about into a key: the first half of a SHA-256. Its salt is this server's
 * own, so that nobody can look for devices whose keys fall together. Safe for use by many threads.
 */
final class FactHash {
  private static final int SALT_BYTES = 16;

  private final byte[] salt = new byte[SALT_BYTES];

  private FactHash() {
    new SecureRandom().nextBytes(salt);
  }

  /** One with a salt of its own. */
  static FactHash salted() {
    return new FactHash();
  }

  FactKey of(DeviceFact.Failure failure) {
    return of(failure.app(), "failure", failure.device(), failure.version());
  }

  FactKey of(ChannelAssignment assignment) {
    return of(assignment.app(), assignment.key());
  }

  FactKey of(AppId app, DeviceKey key) {
    return of(app, key.kind().jsonName(), key.value(), "");
  }

  private FactKey of(AppId app, String kind, String device, String version) {
    // None but the last part can have a line break.
    String parts = String.join("\n", app.value(), kind, device, version);
    MessageDigest digest = sha256();
    digest.update(salt);
    ByteBuffer hash = ByteBuffer.wrap(digest.digest(parts.getBytes(StandardCharsets.UTF_8)));
    return new FactKey(hash.getLong(), hash.getLong());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
