package dev.hotupdater.protocol.standalone;

import dev.hotupdater.http.BodyTooLargeException;
import dev.hotupdater.http.FormPart;
import dev.hotupdater.http.FormReader;
import dev.hotupdater.http.MalformedRequestException;
import dev.hotupdater.storage.ObjectKey;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The form of an upload: the fields {@code file} and {@code key}, in any order. Others are ignored.
 * Closing it deletes the file that was spooled.
 */
final class UploadForm implements FormReader.PartVisitor, AutoCloseable {
  /** What a form may have besides its file. */
  static final long OVERHEAD_BYTES = 64 * 1024;

  private static final int MAX_PARTS = 100;
  private static final int MAX_KEY_BYTES = 4 * ObjectKey.MAX_BYTES;
  private static final int BUFFER_BYTES = 64 * 1024;

  private final long maxFileBytes;
  private final SpooledFile file;
  private Optional<String> key = Optional.empty();
  private Optional<String> fileName = Optional.empty();
  private long otherBytes;
  private int parts;

  UploadForm(long maxFileBytes, Path spoolDirectory) {
    this.maxFileBytes = maxFileBytes;
    this.file = new SpooledFile(spoolDirectory);
  }

  @Override
  public void visit(FormPart part) throws IOException {
    if (++parts > MAX_PARTS) {
      throw new MalformedRequestException("The form has more than " + MAX_PARTS + " parts.");
    }
    switch (part.name()) {
      case "key" -> readKey(part);
      case "file" -> readFile(part);
      default -> skip(part.content());
    }
  }

  private void readKey(FormPart part) throws IOException {
    if (key.isPresent()) {
      throw new MalformedRequestException("The 'key' field is sent more than once.");
    }
    byte[] bytes = part.content().readNBytes(MAX_KEY_BYTES + 1);
    if (bytes.length > MAX_KEY_BYTES) {
      throw new MalformedRequestException("The 'key' field is too long.");
    }
    try {
      key =
          Optional.of(
              StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      throw new MalformedRequestException("The 'key' field is not UTF-8.");
    }
  }

  private void readFile(FormPart part) throws IOException {
    if (fileName.isPresent()) {
      throw new MalformedRequestException("The 'file' field is sent more than once.");
    }
    String sent =
        part.fileName()
            .orElseThrow(
                () ->
                    new MalformedRequestException("The 'file' field must be a file, with a name."));
    fileName = Optional.of(lastSegment(sent));
    byte[] buffer = new byte[BUFFER_BYTES];
    InputStream content = part.content();
    for (int count = content.read(buffer); count >= 0; count = content.read(buffer)) {
      if (file.size() + count > maxFileBytes) {
        throw new BodyTooLargeException(maxFileBytes);
      }
      file.append(buffer, count);
    }
  }

  /** Some clients send a whole path, with the separators of their system. */
  private static String lastSegment(String path) {
    return path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  }

  private void skip(InputStream content) throws IOException {
    byte[] buffer = new byte[1024];
    for (int count = content.read(buffer); count >= 0; count = content.read(buffer)) {
      otherBytes += count;
      if (otherBytes > OVERHEAD_BYTES) {
        throw new BodyTooLargeException(OVERHEAD_BYTES);
      }
    }
  }

  /**
   * The key of the object: the file in the folder that {@code key} names, unless {@code key} ends
   * with the name of the file already, as newer clients send it.
   *
   * @throws MalformedRequestException if a field is missing or unusable
   */
  ObjectKey objectKey() {
    String folder = key.orElseThrow(() -> missing("key"));
    String name = fileName.orElseThrow(() -> missing("file"));
    if (folder.isEmpty()) {
      throw new MalformedRequestException("The 'key' field is empty.");
    }
    if (ObjectKey.parse(name).isEmpty()) {
      throw new MalformedRequestException("The 'file' field has no valid file name.");
    }
    boolean isWhole = folder.equals(name) || folder.endsWith("/" + name);
    return ObjectKey.parse(isWhole ? folder : folder + "/" + name)
        .orElseThrow(
            () ->
                new MalformedRequestException(
                    "The 'key' field must be folder names with '/' between them, not '.' or '..',"
                        + " with at most "
                        + ObjectKey.MAX_BYTES
                        + " bytes together with the file name."));
  }

  private static MalformedRequestException missing(String field) {
    return new MalformedRequestException("The '" + field + "' field is missing from the form.");
  }

  /** How many bytes the file has. */
  long fileSize() {
    return file.size();
  }

  /** The bytes of the file. */
  InputStream openFile() {
    return file.open();
  }

  @Override
  public void close() {
    file.close();
  }
}
