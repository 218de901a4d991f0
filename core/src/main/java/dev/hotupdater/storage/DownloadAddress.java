package dev.hotupdater.storage;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a client downloads an object. Immutable.
 *
 * <p>Most storages give an absolute http(s) URL of their own. One whose files are served by this
 * server gives a path below the server's base path instead, such as {@code /files/a.zip?…}, and the
 * server puts the address in front of it under which the client reached it.
 */
public final class DownloadAddress {
  private static final Pattern WEB = Pattern.compile("https?://[^/].*", Pattern.CASE_INSENSITIVE);

  private final String url;
  private final Optional<Instant> expiry;
  private final Optional<Instant> reusableUntil;

  private DownloadAddress(String url, Optional<Instant> expiry, Optional<Instant> reusableUntil) {
    if (!url.startsWith("/") && !WEB.matcher(url).matches()) {
      throw new StorageException(
          "A storage gave a download address that is neither an http(s) URL nor a path of this"
              + " server. Correct its configuration.");
    }
    this.url = url;
    this.expiry = expiry;
    this.reusableUntil = reusableUntil;
  }

  /**
   * An address that works until this moment.
   *
   * @throws StorageException if the URL is neither http(s) nor a path
   */
  public static DownloadAddress expiring(String url, Instant expiry) {
    return new DownloadAddress(
        url, Optional.of(requireNonNull(expiry, "expiry")), Optional.empty());
  }

  /**
   * An address that works until it expires, of a storage that gives the same one until a moment
   * before that.
   *
   * @param reusableUntil until when it is worth handing out: whoever gets it then still has the
   *     time that the storage means its clients to have
   * @throws StorageException if the URL is neither http(s) nor a path
   */
  public static DownloadAddress expiring(String url, Instant expiry, Instant reusableUntil) {
    return new DownloadAddress(
        url,
        Optional.of(requireNonNull(expiry, "expiry")),
        Optional.of(requireNonNull(reusableUntil, "reusableUntil")));
  }

  /**
   * An address that works for ever.
   *
   * @throws StorageException if the URL is neither http(s) nor a path
   */
  public static DownloadAddress permanent(String url) {
    return new DownloadAddress(url, Optional.empty(), Optional.empty());
  }

  /** An absolute http(s) URL, or a path and query below the server's base path. */
  public String url() {
    return url;
  }

  /** Whether {@link #url} is a path below the server's base path. */
  public boolean isRelative() {
    return url.startsWith("/");
  }

  /** When the address stops to work; absent if it does not. */
  public Optional<Instant> expiry() {
    return expiry;
  }

  /**
   * Until when the storage would give the same address; absent if it does not say, and whoever
   * keeps the address decides from its expiry.
   */
  public Optional<Instant> reusableUntil() {
    return reusableUntil;
  }

  /** Leaves out the query, which may hold a signature. */
  @Override
  public String toString() {
    int query = url.indexOf('?');
    return "DownloadAddress[" + (query < 0 ? url : url.substring(0, query)) + ']';
  }
}
