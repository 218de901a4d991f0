package dev.hotupdater.archive;

import dev.hotupdater.archive.RejectedZipException.Reason;

/** How the content of an entry is packed. */
enum Compression {
  STORED,
  DEFLATED;

  private static final int STORED_CODE = 0;
  private static final int DEFLATED_CODE = 8;

  static Compression of(int code, EntryName name) {
    return switch (code) {
      case STORED_CODE -> STORED;
      case DEFLATED_CODE -> DEFLATED;
      default ->
          throw RejectedZipException.ofEntry(
              Reason.UNSUPPORTED_METHOD,
              name.text(),
              "is packed with method "
                  + code
                  + ", but clients know only STORED (0) and DEFLATED (8)");
    };
  }
}
