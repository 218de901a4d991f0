package dev.hotupdater.archive;

import dev.hotupdater.archive.RejectedZipException.Reason;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The name of an entry, which every client writes to the same place below the folder it unpacks to.
 *
 * @param text the name as it is in the zip; that of a folder ends in a slash
 */
record EntryName(String text) {
  private static final String SEPARATOR = "/";

  /** What file systems allow for one part of a path. */
  private static final int MAX_SEGMENT_BYTES = 255;

  /**
   * Reads a name.
   *
   * @param isMarkedAsUtf8 whether the entry says that its name is in UTF-8
   */
  static EntryName parse(ByteBuffer bytes, boolean isMarkedAsUtf8) {
    EntryName name = new EntryName(decode(bytes));
    if (!isMarkedAsUtf8 && name.text.length() != name.length()) {
      // Android takes every name for UTF-8; iOS takes those without the mark for code page 437.
      throw name.refused("is not in ASCII and not marked as UTF-8, so that clients would differ");
    }
    name.requireSafeCharacters();
    name.segments().forEach(name::requireSafeSegment);
    return name;
  }

  private static String decode(ByteBuffer bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes.duplicate()).toString();
    } catch (CharacterCodingException e) {
      String readable = StandardCharsets.ISO_8859_1.decode(bytes.duplicate()).toString();
      throw RejectedZipException.ofEntry(
          Reason.BAD_NAME, readable, "has a name that is not valid UTF-8");
    }
  }

  private void requireSafeCharacters() {
    if (text.isEmpty()) {
      throw RejectedZipException.of(Reason.BAD_NAME, "The zip has an entry without a name.");
    }
    if (text.startsWith(SEPARATOR)) {
      throw refused("has an absolute name");
    }
    if (text.indexOf('\\') >= 0) {
      throw refused("has a backslash in its name, which clients refuse; separate folders by '/'");
    }
    if (text.indexOf(':') >= 0) {
      throw refused("has a colon in its name, which on Windows names a drive or another file");
    }
    if (text.codePoints().anyMatch(Character::isISOControl)) {
      throw refused("has a control character in its name");
    }
  }

  private void requireSafeSegment(String segment) {
    if (segment.isEmpty()) {
      throw refused("has an empty part in its name");
    }
    if (segment.equals(".") || segment.equals("..")) {
      throw refused("has '" + segment + "' as a part of its name");
    }
    if (segment.endsWith(".") || segment.endsWith(" ")) {
      throw refused("has a part of its name end in a dot or a space, which Windows drops");
    }
    if (encoded(segment).length > MAX_SEGMENT_BYTES) {
      throw RejectedZipException.ofEntry(
          Reason.NAME_TOO_LONG,
          text,
          "has a part of its name longer than the " + MAX_SEGMENT_BYTES + " bytes of file systems");
    }
  }

  private RejectedZipException refused(String what) {
    return RejectedZipException.ofEntry(Reason.BAD_NAME, text, what);
  }

  private static byte[] encoded(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  boolean isFolder() {
    return text.endsWith(SEPARATOR);
  }

  /** In bytes. */
  int length() {
    return encoded(text).length;
  }

  /** The folders and the file, or the folders, from the outermost on. */
  List<String> segments() {
    String path = isFolder() ? text.substring(0, text.length() - 1) : text;
    return List.of(path.split(SEPARATOR, -1));
  }

  /** Whether these bytes are this name. */
  boolean isIn(ByteBuffer bytes) {
    return bytes.equals(ByteBuffer.wrap(encoded(text)));
  }
}
