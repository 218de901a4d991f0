package dev.hotupdater.archive;

import dev.hotupdater.archive.RejectedZipException.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Decides which zips may be stored as web bundles. Immutable and thread-safe.
 *
 * <p>Devices read a zip in different ways: some from its first byte on, others from the directory
 * at its end. One is admitted only if all of them find the same files in it, can unpack it, and
 * find {@code index.html} where they look for it. In detail:
 *
 * <ul>
 *   <li>The entries lie one behind the other, from the first byte up to the central directory,
 *       which is followed by the end record and its comment; nothing lies between, in front or
 *       behind.
 *   <li>The header of an entry, its record in the central directory and what may follow its content
 *       say the same. Its content has the size and the CRC-32 that they announce.
 *   <li>Entries are STORED or DEFLATED, in one part, not encrypted and without ZIP64. The size of a
 *       STORED one is in front of it.
 *   <li>Names are ASCII, or UTF-8 and marked so. None has a backslash, a colon, a control
 *       character, an empty part, {@code .} or {@code ..}, or a part that ends in a dot or a space.
 *   <li>No two names differ in letter case or in the encoding of accents alone. None is both a file
 *       and a folder. There are only files and folders, no symbolic links.
 *   <li>{@code index.html} is at the root, or else in the only folder at the root. Beside that
 *       folder there may be names that begin with a dot or with {@code __MACOSX}.
 *   <li>No limit is exceeded. Nothing is unpacked before all announced sizes were checked, and
 *       nothing beyond what was announced.
 * </ul>
 *
 * <p>Memory is bounded by the number of entries and the length of their names, whatever their
 * content.
 */
public final class ZipAdmission {
  private final ZipLimits limits;
  private final BundleRoot root;

  private ZipAdmission(ZipLimits limits, BundleRoot root) {
    this.limits = limits;
    this.root = root;
  }

  /** The admission with the default limits. */
  public static ZipAdmission standard() {
    return builder().build();
  }

  /** A builder with the default limits. */
  public static Builder builder() {
    return new Builder();
  }

  /** How large a zip may be, in bytes. */
  public long maxArchiveSize() {
    return limits.maxArchiveSize();
  }

  /**
   * Admits this zip, and changes nothing. It must not be written to meanwhile.
   *
   * @throws RejectedZipException if it must not be stored
   * @throws UncheckedIOException if it cannot be read
   */
  public WebBundle admit(Path file) {
    try (FileChannel channel = FileChannel.open(file)) {
      return admit(file, channel);
    } catch (IOException e) {
      throw new UncheckedIOException("The zip could not be read from " + file, e);
    }
  }

  private WebBundle admit(Path file, FileChannel channel) throws IOException {
    long size = channel.size();
    if (size > limits.maxArchiveSize()) {
      throw RejectedZipException.of(
          Reason.ARCHIVE_TOO_LARGE,
          "The zip has " + size + " bytes, but only " + limits.maxArchiveSize() + " are allowed.");
    }
    EndRecord end = EndRecord.read(channel, size);
    CentralDirectory.Content directory = CentralDirectory.read(channel, end, limits);
    Optional<String> rootFolder = root.folder(directory.names());
    ContentCheck.Result checked =
        ContentCheck.check(channel, size, directory.entries(), end.directoryStart());
    return WebBundle.of(file, checked, directory.names(), rootFolder);
  }

  /** Builds a {@link ZipAdmission}. Not thread-safe. */
  public static final class Builder {
    private static final int LONGEST_NAME = 0xffff;

    private long maxArchiveSize = ZipLimits.DEFAULT.maxArchiveSize();
    private int maxEntries = ZipLimits.DEFAULT.maxEntries();
    private int maxNameLength = ZipLimits.DEFAULT.maxNameLength();
    private long maxEntrySize = ZipLimits.DEFAULT.maxEntrySize();
    private long maxContentSize = ZipLimits.DEFAULT.maxContentSize();
    private int maxRatio = ZipLimits.DEFAULT.maxRatio();
    private BundleRoot root = BundleRoot.TOP_OR_ONLY_FOLDER;

    private Builder() {}

    /**
     * Sets how large the zip itself may be, in bytes, from 1 to 4 GiB less 2 bytes. The default is
     * 2 GiB.
     */
    public Builder maxArchiveSize(long bytes) {
      this.maxArchiveSize = inRange("maxArchiveSize", bytes, ZipLimits.SIZE_WITHOUT_ZIP64);
      return this;
    }

    /**
     * Sets how many entries there may be, and how many files and folders, including folders without
     * an entry of their own; from 1 to 65,534. The default is 20,000.
     */
    public Builder maxEntries(int entries) {
      this.maxEntries = (int) inRange("maxEntries", entries, ZipLimits.ENTRIES_WITHOUT_ZIP64);
      return this;
    }

    /**
     * Sets how long the name of an entry may be, with its folders, in bytes; from 1 to 65,535. The
     * default is 512.
     */
    public Builder maxNameLength(int bytes) {
      this.maxNameLength = (int) inRange("maxNameLength", bytes, LONGEST_NAME);
      return this;
    }

    /**
     * Sets how large one file may be, unpacked, in bytes, from 1 to 4 GiB less 2 bytes. The default
     * is 512 MiB.
     */
    public Builder maxEntrySize(long bytes) {
      this.maxEntrySize = inRange("maxEntrySize", bytes, ZipLimits.SIZE_WITHOUT_ZIP64);
      return this;
    }

    /**
     * Sets how large all files together may be, unpacked, in bytes; at least 1. The default is 1
     * GiB.
     */
    public Builder maxContentSize(long bytes) {
      this.maxContentSize = inRange("maxContentSize", bytes, Long.MAX_VALUE);
      return this;
    }

    /**
     * Sets how many times its packed size a file may be, and all files together, if that is above 1
     * MiB; at least 1. The default is 200.
     */
    public Builder maxRatio(int ratio) {
      this.maxRatio = (int) inRange("maxRatio", ratio, Integer.MAX_VALUE);
      return this;
    }

    /**
     * Refuses zips whose {@code index.html} is in a folder, for clients that unpack a zip as it is,
     * such as those of native-update for iOS.
     */
    public Builder rootIndexOnly() {
      this.root = BundleRoot.TOP;
      return this;
    }

    /** Builds the admission. */
    public ZipAdmission build() {
      return new ZipAdmission(
          new ZipLimits(
              maxArchiveSize, maxEntries, maxNameLength, maxEntrySize, maxContentSize, maxRatio),
          root);
    }

    private static long inRange(String name, long value, long max) {
      if (value < 1 || value > max) {
        throw new IllegalArgumentException(name + " must be from 1 to " + max + ", not " + value);
      }
      return value;
    }
  }
}
