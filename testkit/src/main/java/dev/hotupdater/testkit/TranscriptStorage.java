package dev.hotupdater.testkit;

import dev.hotupdater.context.RequestContext;
import dev.hotupdater.storage.ByteRange;
import dev.hotupdater.storage.DownloadAddress;
import dev.hotupdater.storage.ObjectNotFoundException;
import dev.hotupdater.storage.Storage;
import dev.hotupdater.storage.StorageException;
import dev.hotupdater.storage.StorageUri;
import dev.hotupdater.storage.StoredObject;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;

/** The storage that the transcript was recorded with: some texts, and some objects that fail. */
final class TranscriptStorage implements Storage {
  private final Map<String, String> texts;
  private final Set<String> readFails;
  private final Set<String> downloadFails;

  TranscriptStorage(Map<String, String> texts, Set<String> readFails, Set<String> downloadFails) {
    this.texts = texts;
    this.readFails = readFails;
    this.downloadFails = downloadFails;
  }

  @Override
  public String scheme() {
    return "test";
  }

  @Override
  public DownloadAddress downloadAddress(StorageUri uri, RequestContext context) {
    String text = uri.toString();
    if (downloadFails.stream().anyMatch(text::startsWith) && !readFails.contains(text)) {
      throw new StorageException("This object has no address.");
    }
    return DownloadAddress.permanent(text.replaceFirst("test://", "https://cdn.test/"));
  }

  @Override
  public StoredObject open(StorageUri uri, ByteRange range, RequestContext context) {
    String text = uri.toString();
    if (readFails.contains(text)) {
      throw new StorageException("This object cannot be read.");
    }
    if (!texts.containsKey(text)) {
      throw new ObjectNotFoundException(uri);
    }
    byte[] bytes = texts.get(text).getBytes(StandardCharsets.UTF_8);
    int start = (int) Math.min(range.start(), bytes.length);
    int length = (int) Math.min(range.length(), bytes.length - start);
    return StoredObject.of(new ByteArrayInputStream(bytes, start, length), bytes.length);
  }
}
