package dev.hotupdater.release;

import java.util.Optional;

/**
 * A public key that the signatures of an app's artifacts are verified with. An app has several
 * while it changes its key: a client has one compiled in, so which it needs depends on its version.
 *
 * @param id names the key in signatures
 * @param text the key as the app's clients have it
 * @param since the first version of the app that was built with this key; absent for the key of the
 *     first versions
 */
public record VerificationKey(String id, String text, Optional<ReleaseVersion> since) {}
