package dev.hotupdater.archive;

import dev.hotupdater.archive.RejectedZipException.Reason;

/** Refuses entries that are neither files nor folders, or are one by name and the other by mode. */
final class FileKind {
  private static final int MODE_SHIFT = 16;
  private static final int MODE_TYPE = 0170000;
  private static final int MODE_FOLDER = 0040000;
  private static final int MODE_FILE = 0100000;
  private static final int DOS_FOLDER = 0x10;
  private static final int WINDOWS_LINK = 0x400;

  private FileKind() {}

  /**
   * Checks an entry.
   *
   * @param attributes the external attributes: the mode of Unix above those of DOS
   */
  static void check(int attributes, EntryName name) {
    int type = attributes >>> MODE_SHIFT & MODE_TYPE;
    if (type != 0 && type != MODE_FOLDER && type != MODE_FILE || (attributes & WINDOWS_LINK) != 0) {
      throw refused(name, "is a symbolic link or another special file; put in plain files only");
    }
    // Whatever system the entry says it comes from: some clients look at that, others do not.
    boolean isFolder = type == MODE_FOLDER || (attributes & DOS_FOLDER) != 0;
    if (isFolder && !name.isFolder()) {
      throw refused(name, "is a file by its name and a folder by its attributes");
    }
    if (type == MODE_FILE && name.isFolder()) {
      throw refused(name, "is a folder by its name and a file by its attributes");
    }
  }

  private static RejectedZipException refused(EntryName name, String what) {
    return RejectedZipException.ofEntry(Reason.SPECIAL_FILE, name.text(), what);
  }
}
