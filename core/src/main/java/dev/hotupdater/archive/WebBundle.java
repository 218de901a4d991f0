package dev.hotupdater.archive;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.Inflater;

/**
 * A zip that {@link ZipAdmission} has admitted. Immutable and thread-safe; {@link #forEachFile}
 * needs the file to be where it was, everything else does not.
 */
public final class WebBundle {
  private final Path path;
  private final OpaqueBundle archive;
  private final Optional<String> rootFolder;
  private final List<String> strayNames;
  private final List<CheckedEntry> entries;
  private final List<BundleFile> files;

  private WebBundle(
      Path path,
      OpaqueBundle archive,
      Optional<String> rootFolder,
      List<String> strayNames,
      List<CheckedEntry> entries) {
    this.path = path;
    this.archive = archive;
    this.rootFolder = rootFolder;
    this.strayNames = strayNames;
    String prefix = rootFolder.map(folder -> folder + "/").orElse("");
    this.entries =
        entries.stream()
            .filter(entry -> !entry.name().isFolder() && entry.name().text().startsWith(prefix))
            .toList();
    this.files = this.entries.stream().map(entry -> file(entry, prefix)).toList();
  }

  static WebBundle of(
      Path path, ContentCheck.Result checked, NameTree names, Optional<String> rootFolder) {
    List<String> strayNames =
        rootFolder
            .map(folder -> names.topNames().stream().filter(name -> !name.equals(folder)).toList())
            .orElse(List.of());
    return new WebBundle(path, checked.file(), rootFolder, strayNames, checked.entries());
  }

  private static BundleFile file(CheckedEntry entry, String prefix) {
    return new BundleFile(
        entry.name().text().substring(prefix.length()), entry.header().size(), entry.sha256());
  }

  /** The SHA-256 of the zip, in 64 lower-case hexadecimal digits. */
  public String sha256() {
    return archive.sha256();
  }

  /**
   * The CRC-32 of the zip, in 8 lower-case hexadecimal digits, which old clients use as the
   * checksum.
   */
  public String crc32() {
    return archive.crc32();
  }

  /** The size of the zip in bytes. */
  public long size() {
    return archive.size();
  }

  /** The size of all {@linkplain #files files} in bytes, unpacked. */
  public long contentSize() {
    return files.stream().mapToLong(BundleFile::size).sum();
  }

  /** The folder in the zip that the bundle lies in; absent if its files lie in none. */
  public Optional<String> rootFolder() {
    return rootFolder;
  }

  /**
   * What lies in the zip beside the {@link #rootFolder}, such as {@code __MACOSX} or {@code
   * .DS_Store}. It is no part of the bundle. Android looks past it; the updater of Capgo for iOS
   * does not, and then does not find the root folder. Empty if there is no root folder.
   */
  public List<String> strayNames() {
    return strayNames;
  }

  /**
   * Refuses a bundle with {@link #strayNames}.
   *
   * @throws RejectedZipException if it has some
   */
  public void requireNoStrayNames() {
    if (!strayNames.isEmpty()) {
      throw RejectedZipException.of(
          RejectedZipException.Reason.STRAY_NAMES,
          "The zip has '"
              + ShownName.of(strayNames.get(0))
              + "' beside the folder '"
              + ShownName.of(rootFolder.orElse(""))
              + "', which iOS then does not find: pack the folder alone, or what is in it.");
    }
  }

  /**
   * The files of the bundle in the order in which they lie in the zip; no folders. At least {@code
   * index.html}.
   */
  public List<BundleFile> files() {
    return files;
  }

  /**
   * Unpacks the zip once more, and gives the files to a visitor in the order of {@link #files},
   * each without ever being in memory as a whole.
   *
   * @throws RejectedZipException if a file that is read is not what was admitted any more
   * @throws UncheckedIOException if the zip cannot be read, or the visitor has thrown an {@link
   *     IOException}
   */
  public void forEachFile(BundleFileVisitor visitor) {
    Inflater inflater = new Inflater(true);
    try (FileChannel channel = FileChannel.open(path)) {
      for (int i = 0; i < files.size(); i++) {
        inflater.reset();
        visit(channel, inflater, i, visitor);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The files of the bundle could not be read and passed on", e);
    } finally {
      inflater.end();
    }
  }

  private void visit(FileChannel channel, Inflater inflater, int index, BundleFileVisitor visitor)
      throws IOException {
    CheckedEntry entry = entries.get(index);
    try (EntryContent content = entry.open(channel, inflater)) {
      visitor.visit(files.get(index), content);
    }
  }

  /** For messages: names the zip by its checksum. */
  @Override
  public String toString() {
    return "WebBundle[" + sha256() + ", " + files.size() + " files]";
  }
}
