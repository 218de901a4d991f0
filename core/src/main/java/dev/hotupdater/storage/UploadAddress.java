package dev.hotupdater.storage;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where and how a client uploads an object, without further credentials. Immutable.
 *
 * <p>The address is an absolute http(s) URL, or a path below the server's base path where the
 * server itself takes the upload, as in {@link DownloadAddress}.
 */
public final class UploadAddress {
  private final String method;
  private final DownloadAddress address;
  private final Map<String, String> headers;
  private final Instant expiry;

  private UploadAddress(
      String method, DownloadAddress address, Map<String, String> headers, Instant expiry) {
    this.method = method;
    this.address = address;
    this.headers = headers;
    this.expiry = expiry;
  }

  /**
   * An address.
   *
   * @param method the HTTP method, in upper case, such as {@code PUT}
   * @param url an absolute http(s) URL, or a path and query below the server's base path
   * @param headers the header fields that the client must send; names are compared without regard
   *     to letter case
   * @param expiry when the address stops to work
   * @throws StorageException if the URL is neither http(s) nor a path
   */
  public static UploadAddress of(
      String method, String url, Map<String, String> headers, Instant expiry) {
    Map<String, String> sorted = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    sorted.putAll(headers);
    return new UploadAddress(
        requireNonNull(method, "method"),
        DownloadAddress.expiring(url, expiry),
        Collections.unmodifiableMap(sorted),
        expiry);
  }

  /** The HTTP method to use. */
  public String method() {
    return method;
  }

  /** An absolute http(s) URL, or a path and query below the server's base path. */
  public String url() {
    return address.url();
  }

  /** Whether {@link #url} is a path below the server's base path. */
  public boolean isRelative() {
    return address.isRelative();
  }

  /** The header fields that the client must send. */
  public Map<String, String> headers() {
    return headers;
  }

  /** When the address stops to work. */
  public Instant expiry() {
    return expiry;
  }

  /** Leaves out the query and the headers, which may hold a signature. */
  @Override
  public String toString() {
    int query = url().indexOf('?');
    String path = query < 0 ? url() : url().substring(0, query);
    return "UploadAddress[" + method + ' ' + path + ']';
  }
}
