package dev.hotupdater.supabase;

import dev.hotupdater.storage.StorageUri;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The URLs of the storage API for one bucket of a project. Keys are percent-encoded segment by
 * segment.
 */
record Endpoints(String root, String bucket) {
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}|\\[::1]|\\[0:0:0:0:0:0:0:1]");

  /** Checks the URL of the project. */
  static Endpoints of(URI projectUrl, String bucket) {
    String scheme = Optional.ofNullable(projectUrl.getScheme()).orElse("").toLowerCase(Locale.ROOT);
    String host = Optional.ofNullable(projectUrl.getHost()).orElse("");
    boolean isSafe =
        scheme.equals("https") || (scheme.equals("http") && LOOPBACK.matcher(host).matches());
    // The message leaves the URL out, since what is wrong with it may be a password in it.
    if (host.isEmpty()
        || !isSafe
        || projectUrl.getRawUserInfo() != null
        || projectUrl.getRawQuery() != null
        || projectUrl.getRawFragment() != null) {
      throw new IllegalArgumentException(
          "projectUrl must look like https://<project>.supabase.co, without user, query and"
              + " fragment; http is for loopback addresses only");
    }
    String base = projectUrl.toString();
    while (base.endsWith("/")) {
      base = base.substring(0, base.length() - 1);
    }
    return new Endpoints(base + "/storage/v1", StorageUri.encodePath(bucket));
  }

  /** Says whether the bucket exists, and whether it is public. */
  URI bucketItself() {
    return URI.create(root + "/bucket/" + bucket);
  }

  /** Where an object is uploaded to. */
  URI upload(String key) {
    return URI.create(root + "/object/" + bucket + '/' + StorageUri.encodePath(key));
  }

  /** Where an object is read with the key of the project. */
  URI download(String key) {
    return URI.create(root + "/object/authenticated/" + bucket + '/' + StorageUri.encodePath(key));
  }

  /** Where many objects are deleted. */
  URI objects() {
    return URI.create(root + "/object/" + bucket);
  }

  /** Where a folder is listed. */
  URI list() {
    return URI.create(root + "/object/list/" + bucket);
  }

  /** Where tokens for downloads are given. */
  URI sign() {
    return URI.create(root + "/object/sign/" + bucket);
  }

  /** Where whoever has the token downloads an object. */
  String signedDownload(String key, String token) {
    return sign() + "/" + StorageUri.encodePath(key) + "?token=" + token;
  }

  /** Where everybody downloads an object of a public bucket. */
  String publicDownload(String key) {
    return root + "/object/public/" + bucket + '/' + StorageUri.encodePath(key);
  }
}
