package dev.hotupdater.storage;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Which segments of a key are file names, and nothing else, on an operating system. Windows opens a
 * device for some names, another file for others, and drops dots and spaces at the end.
 */
enum FileNames {
  /** Linux, macOS and other systems where a name may have any character but slash and NUL. */
  POSIX {
    @Override
    boolean allows(String name) {
      return fits(name);
    }
  },

  /** Windows. */
  WINDOWS {
    @Override
    boolean allows(String name) {
      return fits(name)
          && !FORBIDDEN.matcher(name).find()
          && !DEVICE.matcher(name).matches()
          && !name.endsWith(".")
          && !name.endsWith(" ");
    }
  };

  /** What common file systems allow; in bytes on most, in UTF-16 units on Windows and macOS. */
  static final int MAX_BYTES = 255;

  private static final Pattern FORBIDDEN = Pattern.compile("[<>:\"|?*\\\\/\\p{Cntrl}]");
  private static final Pattern DEVICE =
      Pattern.compile(
          "(?:con|prn|aux|nul|conin\\$|conout\\$|(?:com|lpt)[0-9\u00b9\u00b2\u00b3])\\s*(?:\\..*)?",
          Pattern.CASE_INSENSITIVE);

  /** Whether this segment of a key is safe as a file name. */
  abstract boolean allows(String name);

  static FileNames ofThisSystem() {
    return File.separatorChar == '\\' ? WINDOWS : POSIX;
  }

  private static boolean fits(String name) {
    return name.getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES;
  }
}
