package dev.hotupdater.s3.database;

import dev.hotupdater.database.Revision;
import java.util.regex.Pattern;

/**
 * The name of an object with one app or release, which never changes: a digest of its content, so
 * that damage is noticed, and the commit that wrote it. No two commits write the same object, so
 * one that the root does not name, and that is too old to be of a commit on its way, never will be.
 *
 * @param value the digest and the revision that the commit leads to, with a hyphen between them
 */
record RecordName(String value) {
  private static final Pattern FORM =
      Pattern.compile("[0-9a-f]{32}-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

  RecordName {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("A record name must be a digest and a UUID");
    }
  }

  /** The name of this content as a commit writes it. */
  static RecordName of(String content, Revision commit) {
    return new RecordName(TextDigest.of(content) + '-' + commit.value());
  }

  static boolean isValid(String text) {
    return FORM.matcher(text).matches();
  }

  /** Whether an object with this name has this content. */
  boolean isOf(String content) {
    return value.startsWith(TextDigest.of(content) + '-');
  }

  @Override
  public String toString() {
    return value;
  }
}
