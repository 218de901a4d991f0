package dev.hotupdater.protocol.capacitor;

import dev.hotupdater.context.RequestContext;
import dev.hotupdater.release.Artifact;
import dev.hotupdater.release.Release;

/** Where devices download web bundles. Safe for use by many threads. */
@FunctionalInterface
public interface BundleAddresses {
  /**
   * The address of a bundle, which works for ever.
   *
   * @param artifact the zip, one of the release's artifacts
   * @return an absolute http(s) URL, the same for all requests with the same cache key that reached
   *     the server under the same address
   * @throws dev.hotupdater.storage.StorageException if the address of the server is not known
   */
  String url(Release release, Artifact artifact, RequestContext context);
}
