package dev.hotupdater.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The secret that a storage signs addresses with: the one that it was given, or else one of its own
 * that it keeps in its private folder, so that all processes on one directory have the same. Safe
 * for use by many threads.
 */
final class SigningKey {
  static final int MIN_BYTES = 16;

  private static final String FILE = "signing-key";
  private static final int FILE_BYTES = 32;
  private static final int MAX_READS = 15;
  private static final long PAUSE_MILLIS = 20;

  private final PrivateFolder privateFolder;
  private volatile byte @Nullable [] bytes;

  SigningKey(PrivateFolder privateFolder, Optional<byte[]> given) {
    this.privateFolder = privateFolder;
    this.bytes = given.map(byte[]::clone).orElse(null);
  }

  /**
   * The secret, which must not be changed.
   *
   * @throws StorageException if it can be neither read nor created
   */
  byte[] bytes() {
    byte[] known = bytes;
    if (known != null) {
      return known;
    }
    try {
      byte[] found = readOrCreate();
      bytes = found;
      return found;
    } catch (IOException e) {
      throw new StorageException(
          "The key for signing addresses can be neither read from nor written to "
              + file()
              + ". Make the folder accessible to this user, or give the storage a signing key.",
          e);
    }
  }

  private Path file() {
    return privateFolder.path().resolve(FILE);
  }

  private byte[] readOrCreate() throws IOException {
    Path file = file();
    try {
      return read(file);
    } catch (NoSuchFileException e) {
      privateFolder.create();
      create(file);
      return read(file);
    }
  }

  /** Of several processes that do this at once, one makes the file and the others find it. */
  private void create(Path file) throws IOException {
    byte[] random = new byte[FILE_BYTES];
    new SecureRandom().nextBytes(random);
    Path draft = file.resolveSibling(FILE + "-" + UUID.randomUUID());
    try {
      write(draft, random);
      publish(draft, file, random);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  private void publish(Path draft, Path file, byte[] random) throws IOException {
    try {
      Files.createLink(file, draft);
    } catch (FileAlreadyExistsException e) {
      return;
    } catch (UnsupportedOperationException | IOException e) {
      writeIfMissing(file, random);
    }
  }

  /** For file systems without hard links: others may see the file before it is complete. */
  private void writeIfMissing(Path file, byte[] random) throws IOException {
    try {
      write(file, random);
    } catch (FileAlreadyExistsException e) {
      return;
    }
  }

  private void write(Path file, byte[] content) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            privateFolder.ownerOnly("rw-------"))) {
      ByteBuffer buffer = ByteBuffer.wrap(content);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    }
  }

  private static byte[] read(Path file) throws IOException {
    for (int attempt = 1; attempt <= MAX_READS; attempt++) {
      byte[] content = Files.readAllBytes(file);
      if (content.length == FILE_BYTES) {
        return content;
      }
      if (content.length > FILE_BYTES) {
        break;
      }
      // Perhaps another process is writing it just now.
      pause();
    }
    throw new StorageException(
        file
            + " is not a signing key of "
            + FILE_BYTES
            + " bytes. Delete it to have a new one made; addresses given out before stop to work.");
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StorageUnavailableException("Interrupted while waiting for the signing key.", e);
    }
  }
}
