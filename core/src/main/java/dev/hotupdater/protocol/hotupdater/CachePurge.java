package dev.hotupdater.protocol.hotupdater;

import java.util.Set;

/**
 * Removes answers to update checks from a cache in front of the server, such as a CDN, when they
 * are no longer right. Needed only where a {@link dev.hotupdater.http.CachePolicy} lets shared
 * caches answer without asking.
 */
@FunctionalInterface
public interface CachePurge {
  /**
   * Purges every path that starts with one of these.
   *
   * <p>It is called on a thread of its own after a change has come into effect on this server,
   * whichever server or software made it; so on several servers each calls it, and the last call
   * comes when no server gives the old answer any more. Changes that happen while it runs are
   * collected into its next call. It may take its time. When it throws, the paths are tried again,
   * with growing pauses.
   *
   * @param pathPrefixes paths with the base path, percent-encoded, each with a slash at its end,
   *     such as {@code /hot-updater/app-version/ios/}
   * @throws Exception if the paths could not be purged
   */
  void purge(Set<String> pathPrefixes) throws Exception;
}
