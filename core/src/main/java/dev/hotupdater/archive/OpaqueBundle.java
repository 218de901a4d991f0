package dev.hotupdater.archive;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A bundle of which only the bytes as a whole are known: one that its publisher has encrypted, so
 * that nothing but the device can look into it. Immutable.
 *
 * @param sha256 the SHA-256 of the file, in 64 lower-case hexadecimal digits
 * @param crc32 the CRC-32 of the file, in 8 lower-case hexadecimal digits, which old clients use as
 *     the checksum
 * @param size the size of the file in bytes
 */
public record OpaqueBundle(String sha256, String crc32, long size) {
  private static final byte[] LOCAL_HEADER = {'P', 'K', 3, 4};

  /** Refuses null. */
  public OpaqueBundle {
    requireNonNull(sha256, "sha256");
    requireNonNull(crc32, "crc32");
  }

  /**
   * Reads the package of an app once, such as an APK. It is a zip, but only its beginning is looked
   * at: the system that installs it checks the rest. How large it may be is up to the caller.
   *
   * @throws RejectedZipException if it does not begin as a zip does
   * @throws UncheckedIOException if it cannot be read
   */
  public static OpaqueBundle ofPackage(Path file) {
    try (InputStream content = Files.newInputStream(file)) {
      if (!Arrays.equals(content.readNBytes(LOCAL_HEADER.length), LOCAL_HEADER)) {
        throw RejectedZipException.of(
            RejectedZipException.Reason.NOT_A_ZIP,
            "The file is no package of an app: it does not begin as a zip does.");
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The package could not be read from " + file, e);
    }
    return of(file);
  }

  /**
   * Reads this file once, whatever is in it. How large it may be is up to the caller.
   *
   * @throws UncheckedIOException if it cannot be read
   */
  public static OpaqueBundle of(Path file) {
    try (FileChannel channel = FileChannel.open(file)) {
      Checksums checksums = new Checksums();
      long size = channel.size();
      FileRun.summed(channel, size, checksums).drain();
      return new OpaqueBundle(checksums.sha256(), checksums.crc32Text(), size);
    } catch (IOException e) {
      throw new UncheckedIOException("The bundle could not be read from " + file, e);
    }
  }
}
