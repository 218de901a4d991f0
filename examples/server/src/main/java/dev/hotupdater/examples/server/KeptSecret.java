package dev.hotupdater.examples.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;

/** A secret of a data folder: made once, kept in a file that only its owner can read. */
public final class KeptSecret {
  private static final int BYTES = 24;

  private final Path file;

  private KeptSecret(Path file) {
    this.file = file;
  }

  /** The token of this folder that managing needs. */
  public static KeptSecret managementToken(Path data) {
    return in(data, "management-token");
  }

  /**
   * A secret of this folder.
   *
   * @param fileName the file that keeps it
   */
  public static KeptSecret in(Path data, String fileName) {
    return new KeptSecret(data.resolve(fileName));
  }

  /** The file that keeps it. */
  public Path file() {
    return file;
  }

  /** The secret, 32 letters, digits, hyphens and underscores, which is made if there is none. */
  public String get() throws IOException {
    if (!Files.exists(file)) {
      create();
    }
    return Files.readString(file).strip();
  }

  /** A secret that is kept nowhere. */
  static String random() {
    byte[] random = new byte[BYTES];
    new SecureRandom().nextBytes(random);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
  }

  private void create() throws IOException {
    String secret = random();
    Files.createDirectories(file.toAbsolutePath().getParent());
    try (var channel =
        Files.newByteChannel(
            file,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            onlyForOwner())) {
      channel.write(StandardCharsets.US_ASCII.encode(secret));
    } catch (FileAlreadyExistsException e) {
      // Another process made it at the same moment; its secret is as good.
      return;
    }
  }

  private static FileAttribute<?>[] onlyForOwner() {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }
}
