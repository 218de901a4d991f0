package dev.hotupdater.archive;

import static java.util.Objects.requireNonNull;

/**
 * A zip that must not be stored as a web bundle. The message is one sentence for whoever uploaded
 * it, names the entry that is wrong, if one is, and never has control characters in it.
 */
public final class RejectedZipException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What is wrong with it. */
  public enum Reason {
    /** It is no zip, or only the beginning or the end of one. */
    NOT_A_ZIP,
    /** A header is cut off, or points to where it cannot. */
    BROKEN_STRUCTURE,
    /** The zip itself is larger than allowed. */
    ARCHIVE_TOO_LARGE,
    /** It has more files and folders than allowed. */
    TOO_MANY_ENTRIES,
    /** One file is larger than allowed when it is unpacked. */
    ENTRY_TOO_LARGE,
    /** All files together are larger than allowed when they are unpacked. */
    CONTENT_TOO_LARGE,
    /** A file, or all of them, unpack to more times their packed size than allowed. */
    RATIO_TOO_HIGH,
    /** A name, or one part of it, is longer than allowed. */
    NAME_TOO_LONG,
    /** A name that is unsafe, or that not every client reads in the same way. */
    BAD_NAME,
    /** Two names that are the same one on some file systems, or on all. */
    NAME_COLLISION,
    /** A symbolic link, a device or the like, or something both a file and a folder. */
    SPECIAL_FILE,
    /** It is said twice what an entry is, and differently. */
    HEADERS_DISAGREE,
    /** Entries share bytes. */
    OVERLAP,
    /** There are bytes that belong to no entry. */
    GAP,
    /** It is one of several parts. */
    MULTIPLE_DISKS,
    /** It uses the ZIP64 extension. */
    ZIP64,
    /** It is encrypted with a method of the zip format. */
    ENCRYPTED,
    /** It uses another feature of the format that clients do not know. */
    UNSUPPORTED_FEATURE,
    /** An entry is packed with another method than STORED and DEFLATED. */
    UNSUPPORTED_METHOD,
    /** A STORED entry has its size behind it, which Android cannot read. */
    STORED_WITH_DESCRIPTOR,
    /** The content of an entry is not what its header says. */
    CORRUPT_CONTENT,
    /** There is no index.html where the clients look for it. */
    NO_INDEX,
    /** Something lies beside the folder of the bundle, which some clients then do not find. */
    STRAY_NAMES
  }

  private final Reason reason;

  private RejectedZipException(Reason reason, String message) {
    super(message);
    this.reason = requireNonNull(reason, "reason");
  }

  /** The whole zip is refused. */
  static RejectedZipException of(Reason reason, String message) {
    return new RejectedZipException(reason, message);
  }

  /**
   * The zip is refused for one entry.
   *
   * @param what the rest of a sentence that begins with the entry, without its full stop
   */
  static RejectedZipException ofEntry(Reason reason, String name, String what) {
    return new RejectedZipException(reason, "The entry '" + ShownName.of(name) + "' " + what + ".");
  }

  /** What is wrong with the zip. */
  public Reason reason() {
    return reason;
  }
}
