package dev.hotupdater.s3;

import java.net.URI;

/** What an address in the configuration must look like. */
final class WebAddress {
  private WebAddress() {}

  /**
   * Checks an address to which paths can be added.
   *
   * @throws IllegalArgumentException if it is not an absolute http(s) URL, or has credentials, a
   *     query or a fragment
   */
  static URI require(String name, URI address) {
    String scheme = String.valueOf(address.getScheme());
    boolean web = scheme.equalsIgnoreCase("http") || scheme.equalsIgnoreCase("https");
    if (!web
        || address.getHost() == null
        || address.getRawUserInfo() != null
        || address.getRawQuery() != null
        || address.getRawFragment() != null) {
      // The address itself may hold credentials, so it is not repeated here.
      throw new IllegalArgumentException(
          name + " must be an http(s) URL with a host, without credentials, query and fragment");
    }
    return address;
  }

  /** The text of the address without slashes at its end. */
  static String withoutSlash(URI address) {
    String text = address.toString();
    int end = text.length();
    while (text.charAt(end - 1) == '/') {
      end--;
    }
    return text.substring(0, end);
  }
}
