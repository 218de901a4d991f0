package dev.hotupdater.cli.publish;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads texts that fit into memory. */
final class SmallFile {
  private SmallFile() {}

  /** The text of a file in UTF-8. */
  static String read(Path file, int maxBytes) {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(maxBytes + 1);
    } catch (NoSuchFileException e) {
      throw new PublishException("The file " + file + " does not exist.");
    } catch (IOException e) {
      throw new PublishException("The file " + file + " cannot be read: " + e.getMessage());
    }
    if (bytes.length > maxBytes) {
      throw new PublishException("The file " + file + " has more than " + maxBytes + " bytes.");
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new PublishException("The file " + file + " is not text in UTF-8.");
    }
  }
}
