package dev.hotupdater.storage;

import dev.hotupdater.internal.PercentCoding;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The address of a stored object: {@code scheme://bucket/key}. Source: Hot Updater protocol,
 * "Storage URIs and keys".
 *
 * @param scheme in lower case; picks the storage
 * @param bucket the part of the storage that the object is in; may be empty
 * @param key the name of the object in its bucket, percent-decoded; may be empty
 */
public record StorageUri(String scheme, String bucket, String key) {
  private static final Pattern FORM =
      Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*)://([^/?#]*)/?([^?#]*).*", Pattern.DOTALL);

  /**
   * The URI with this text; empty if the text has not the form of a storage URI. A query or
   * fragment belongs to no key and is left out.
   */
  public static Optional<StorageUri> parse(String text) {
    Matcher matcher = FORM.matcher(text);
    // Half of a surrogate pair has no UTF-8, and would turn into another object's key.
    if (!matcher.matches() || !StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      return Optional.empty();
    }
    return Optional.of(
        new StorageUri(
            matcher.group(1).toLowerCase(Locale.ROOT), matcher.group(2), decode(matcher.group(3))));
  }

  /** A key that is not valid percent-encoding is taken as it stands, as the Node plugins do. */
  private static String decode(String key) {
    return PercentCoding.decode(key).orElse(key);
  }

  /** The URI of an object below this one, which is taken as a folder. */
  public StorageUri resolve(String relativeKey) {
    return new StorageUri(scheme, bucket, key.isEmpty() ? relativeKey : key + "/" + relativeKey);
  }

  /** The text of the URI, each segment of the key percent-encoded. */
  @Override
  public String toString() {
    return scheme + "://" + bucket + "/" + encodePath(key);
  }

  /**
   * The path with each of its segments percent-encoded and the slashes between them kept. Letters,
   * digits and {@code -_.!~*'()} stand for themselves, as in the URIs that the Node plugins write.
   */
  public static String encodePath(String path) {
    return Arrays.stream(path.split("/", -1))
        .map(StorageUri::encodeSegment)
        .collect(Collectors.joining("/"));
  }

  private static String encodeSegment(String segment) {
    return URLEncoder.encode(segment, StandardCharsets.UTF_8)
        .replace("+", "%20")
        .replace("%21", "!")
        .replace("%27", "'")
        .replace("%28", "(")
        .replace("%29", ")")
        .replace("%7E", "~");
  }
}
