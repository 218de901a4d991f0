package dev.hotupdater.protocol.hotupdater;

import dev.hotupdater.bundle.Bundle;
import dev.hotupdater.catalog.CatalogChange;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Below which paths the answers to update checks may differ after a change. The path of a check by
 * app version names the channel after the version, which may be any, so that such a change affects
 * the whole platform.
 */
final class AffectedPaths {
  /** Characters that no client encodes in a path. */
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._~-]+");

  private final String basePath;

  AffectedPaths(String basePath) {
    this.basePath = basePath;
  }

  /** The paths that start with one of these may be affected; none if no answer changes. */
  Set<String> of(CatalogChange change) {
    Set<String> prefixes = new TreeSet<>();
    change.before().forEach(bundle -> add(bundle, prefixes));
    change.after().forEach(bundle -> add(bundle, prefixes));
    return prefixes;
  }

  private void add(Bundle bundle, Set<String> prefixes) {
    // Devices may run a bundle that is disabled, and are told how it differs from their next one.
    if (!bundle.enabled() && bundle.manifestStorageUri().isEmpty()) {
      return;
    }
    String platform = bundle.platform().wireName() + "/";
    if (bundle.targetAppVersion().isPresent()) {
      prefixes.add(basePath + "/app-version/" + platform);
    }
    bundle
        .fingerprintHash()
        .ifPresent(hash -> prefixes.add(basePath + "/fingerprint/" + platform + segment(hash)));
  }

  private static String segment(String fingerprintHash) {
    return PLAIN.matcher(fingerprintHash).matches() ? fingerprintHash + "/" : "";
  }
}
