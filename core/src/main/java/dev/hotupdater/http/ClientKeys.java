package dev.hotupdater.http;

import dev.hotupdater.internal.ContentHash;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** What clients are told apart by. */
final class ClientKeys {
  private static final Pattern BRACKETS_OR_ZONE = Pattern.compile("^\\[|\\](?::\\d*)?$|%[^\\]]*");
  private static final int IPV6_GROUPS_OF_A_NETWORK = 4;

  private ClientKeys() {}

  static List<String> of(HttpRequest request) {
    List<String> keys = new ArrayList<>();
    request.remoteAddress().ifPresent(address -> keys.add("address " + network(address)));
    // Its hash, so that no credential stays in memory.
    request
        .header("Authorization")
        .map(credential -> ContentHash.of(credential.getBytes(StandardCharsets.UTF_8)))
        .ifPresent(hash -> keys.add("credential " + hash));
    return keys;
  }

  /** One subscriber has a whole network of IPv6 addresses, usually of 64 bits. */
  private static String network(String address) {
    String plain = BRACKETS_OR_ZONE.matcher(address).replaceAll("");
    int ipv4 = plain.indexOf('.');
    if (ipv4 >= 0) {
      // Perhaps with a port behind it, or written as an IPv6 address.
      String end = plain.substring(plain.lastIndexOf(':', ipv4) + 1);
      int port = end.indexOf(':');
      return port < 0 ? end : end.substring(0, port);
    }
    int gap = plain.indexOf("::");
    if (gap < 0) {
      return firstGroups(plain.split(":", -1));
    }
    String[] head = plain.substring(0, gap).split(":", -1);
    String[] filled = Arrays.copyOf(head, Math.max(head.length, IPV6_GROUPS_OF_A_NETWORK));
    Arrays.fill(filled, head.length, filled.length, "0");
    return firstGroups(filled);
  }

  private static String firstGroups(String[] groups) {
    int length = Math.min(groups.length, IPV6_GROUPS_OF_A_NETWORK);
    return String.join(":", Arrays.copyOf(groups, length));
  }
}
