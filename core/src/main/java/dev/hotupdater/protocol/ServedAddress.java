package dev.hotupdater.protocol;

/**
 * Where a client downloads an object.
 *
 * @param url an absolute http(s) URL
 * @param lifetime how long it is handed out
 */
public record ServedAddress(String url, Lifetime lifetime) {
  /** Leaves out the query, which may hold a signature. */
  @Override
  public String toString() {
    int query = url.indexOf('?');
    return "ServedAddress[" + (query < 0 ? url : url.substring(0, query)) + ']';
  }
}
