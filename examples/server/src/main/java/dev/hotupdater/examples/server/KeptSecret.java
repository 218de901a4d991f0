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
import java.util.function.Supplier;

/** A secret of a data folder: made once, kept in a file that only its owner can read. */
public final class KeptSecret {
  private static final int BYTES = 24;

  private final Path file;
  private final Supplier<String> maker;

  private KeptSecret(Path file, Supplier<String> maker) {
    this.file = file;
    this.maker = maker;
  }

  /** The token of this folder that managing needs. */
  public static KeptSecret managementToken(Path data) {
    return in(data, "management-token");
  }

  /**
   * A secret of this folder, of 32 letters, digits, hyphens and underscores.
   *
   * @param fileName the file that keeps it
   */
  public static KeptSecret in(Path data, String fileName) {
    return in(data, fileName, KeptSecret::random);
  }

  /**
   * A secret of this folder.
   *
   * @param fileName the file that keeps it
   * @param maker makes it, in ASCII, if there is none yet
   */
  public static KeptSecret in(Path data, String fileName, Supplier<String> maker) {
    return new KeptSecret(data.resolve(fileName), maker);
  }

  /** The file that keeps it. */
  public Path file() {
    return file;
  }

  /** The secret, which is made if there is none yet. */
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
    String secret = maker.get();
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
