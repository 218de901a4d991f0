package dev.hotupdater.publishing;

import dev.hotupdater.release.ReleaseVersion;
import java.util.Optional;

/**
 * A public key of an app, as its owner gives it.
 *
 * @param publicKey a minisign public key: the content of its file, in plain text or in base64, or
 *     its second line
 * @param since the first version of the app that was built with this key; absent for the key of the
 *     first versions
 */
public record AppKey(String publicKey, Optional<ReleaseVersion> since) {
  /** The only key of an app, or the one of its first versions. */
  public static AppKey of(String publicKey) {
    return new AppKey(publicKey, Optional.empty());
  }
}
