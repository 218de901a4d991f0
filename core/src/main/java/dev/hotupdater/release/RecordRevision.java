package dev.hotupdater.release;

import dev.hotupdater.internal.ContentHash;
import java.nio.charset.StandardCharsets;

/**
 * A fingerprint of everything in an app or a release, whichever database it was read from; the
 * expectation of a conditional write.
 *
 * @param value 32 hexadecimal digits
 */
public record RecordRevision(String value) {
  /** The revision of this app. */
  public static RecordRevision of(App app) {
    return ofText(AppJson.write(app).toString());
  }

  /** The revision of this release. */
  public static RecordRevision of(Release release) {
    return ofText(ReleaseJson.write(release).toString());
  }

  private static RecordRevision ofText(String text) {
    return new RecordRevision(ContentHash.of(text.getBytes(StandardCharsets.UTF_8)));
  }

  @Override
  public String toString() {
    return value;
  }
}
