package dev.hotupdater.protocol;

import dev.hotupdater.http.BodyTooLargeException;
import dev.hotupdater.http.FormPart;
import dev.hotupdater.http.FormReader;
import dev.hotupdater.http.MalformedRequestException;
import dev.hotupdater.http.RouteRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The form of an upload: a file in the field {@code file}, and text fields, in any order. Fields
 * that nobody asked for are ignored. Closing it deletes the file. Not thread-safe.
 */
public final class UploadForm implements AutoCloseable {
  /** What a form may have besides its file, in bytes. */
  public static final long OVERHEAD_BYTES = 64 * 1024;

  private static final String FILE = "file";
  private static final int MAX_PARTS = 100;
  private static final int BUFFER_BYTES = 64 * 1024;

  private final UploadLimits limits;
  private final SpooledFile file;
  private final Map<String, String> texts = new HashMap<>();
  private Optional<String> fileName = Optional.empty();
  private long ignoredBytes;
  private int parts;

  private UploadForm(UploadLimits limits, SpooledFile file) {
    this.limits = limits;
    this.file = file;
  }

  /**
   * Reads the form of a request.
   *
   * @param file takes the file, and is closed with the form; closed already if this fails
   * @throws MalformedRequestException if the body is no form, or breaks off, or a field comes twice
   *     or is too long
   * @throws BodyTooLargeException if the file, or all that is ignored, is too large
   * @throws IllegalStateException if the binding reads no forms
   * @throws dev.hotupdater.storage.StorageException if the file cannot be spooled
   */
  public static UploadForm read(RouteRequest request, UploadLimits limits, SpooledFile file) {
    UploadForm form = new UploadForm(limits, file);
    boolean complete = false;
    try {
      form.read(request);
      complete = true;
      return form;
    } finally {
      if (!complete) {
        form.close();
      }
    }
  }

  private void read(RouteRequest request) {
    request.checkDeclaredLength(limits.formBytes());
    FormReader reader =
        request
            .http()
            .formReader()
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "The HTTP binding reads no forms, which uploads need. Give it a"
                            + " FormReader."));
    try {
      reader.read(request.http(), this::visit);
    } catch (IOException e) {
      throw new MalformedRequestException("The form could not be read to its end.");
    }
  }

  private void visit(FormPart part) throws IOException {
    if (++parts > MAX_PARTS) {
      throw new MalformedRequestException("The form has more than " + MAX_PARTS + " parts.");
    }
    String name = part.name();
    if (name.equals(FILE)) {
      readFile(part);
    } else if (limits.fieldBytes().containsKey(name)) {
      readText(part, limits.fieldBytes().getOrDefault(name, 0));
    } else {
      skip(part.content());
    }
  }

  private void readText(FormPart part, int maxBytes) throws IOException {
    String name = part.name();
    if (texts.containsKey(name)) {
      throw new MalformedRequestException("The '" + name + "' field is sent more than once.");
    }
    byte[] bytes = part.content().readNBytes(maxBytes + 1);
    if (bytes.length > maxBytes) {
      throw new MalformedRequestException("The '" + name + "' field is too long.");
    }
    try {
      texts.put(
          name, StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      throw new MalformedRequestException("The '" + name + "' field is not UTF-8.");
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
      if (file.size() + count > limits.fileBytes()) {
        throw new BodyTooLargeException(limits.fileBytes());
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
      ignoredBytes += count;
      if (ignoredBytes > OVERHEAD_BYTES) {
        throw new BodyTooLargeException(OVERHEAD_BYTES);
      }
    }
  }

  /** A text field; absent if it was not sent. */
  public Optional<String> text(String name) {
    return Optional.ofNullable(texts.get(name));
  }

  /**
   * A text field that must be there.
   *
   * @throws MalformedRequestException if it was not sent
   */
  public String requiredText(String name) {
    return text(name).orElseThrow(() -> missing(name));
  }

  /**
   * The name of the file as the client gave it, without folders; not to be trusted.
   *
   * @throws MalformedRequestException if no file was sent
   */
  public String fileName() {
    return fileName.orElseThrow(() -> missing(FILE));
  }

  private static MalformedRequestException missing(String field) {
    return new MalformedRequestException("The '" + field + "' field is missing from the form.");
  }

  /** The bytes of the file; none if no file was sent. */
  public SpooledFile file() {
    return file;
  }

  @Override
  public void close() {
    file.close();
  }
}
