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

/** The token of a data folder: made once, kept in a file that only its owner can read. */
public final class ManagementToken {
  private static final int BYTES = 24;

  private final Path file;

  private ManagementToken(Path file) {
    this.file = file;
  }

  /** The token that is kept in this folder. */
  public static ManagementToken in(Path data) {
    return new ManagementToken(data.resolve("management-token"));
  }

  /** The file that keeps it. */
  public Path file() {
    return file;
  }

  /** The token, which is made if there is none yet. */
  public String get() throws IOException {
    if (!Files.exists(file)) {
      create();
    }
    return Files.readString(file).strip();
  }

  /** A token that is kept nowhere. */
  static String random() {
    byte[] random = new byte[BYTES];
    new SecureRandom().nextBytes(random);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
  }

  private void create() throws IOException {
    String token = random();
    Files.createDirectories(file.toAbsolutePath().getParent());
    try (var channel =
        Files.newByteChannel(
            file,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            onlyForOwner())) {
      channel.write(StandardCharsets.US_ASCII.encode(token));
    } catch (FileAlreadyExistsException e) {
      // Another process made it at the same moment; its token is as good.
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
