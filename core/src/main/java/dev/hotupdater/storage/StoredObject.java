package dev.hotupdater.storage;

import java.io.IOException;
import java.io.InputStream;

/** An open object. Whoever opened it closes it. */
public final class StoredObject implements AutoCloseable {
  private final InputStream content;
  private final long size;

  private StoredObject(InputStream content, long size) {
    this.content = content;
    this.size = size;
  }

  /**
   * An open object.
   *
   * @param content the bytes of the range that was asked for
   * @param size the size of the whole object in bytes
   */
  public static StoredObject of(InputStream content, long size) {
    return new StoredObject(content, size);
  }

  /** The bytes of the range that was asked for. */
  public InputStream content() {
    return content;
  }

  /** The size of the whole object in bytes, whatever the range. */
  public long size() {
    return size;
  }

  @Override
  public void close() throws IOException {
    content.close();
  }
}
