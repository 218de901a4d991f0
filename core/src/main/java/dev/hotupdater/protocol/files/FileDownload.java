package dev.hotupdater.protocol.files;

import dev.hotupdater.http.EntityTag;
import dev.hotupdater.http.HttpRequest;
import dev.hotupdater.http.HttpResponse;
import dev.hotupdater.http.Validators;
import dev.hotupdater.protocol.RangedContent;
import dev.hotupdater.storage.Admission;
import dev.hotupdater.storage.FileStorage;
import dev.hotupdater.storage.StoredFile;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The answer to a request for a file that may be downloaded. */
final class FileDownload {
  private static final Logger log = LoggerFactory.getLogger(FileDownload.class);

  private FileDownload() {}

  static HttpResponse answer(HttpRequest request, FileStorage storage, Admission.Granted granted) {
    Optional<StoredFile> file = storage.openFile(granted.key());
    if (file.isEmpty()) {
      return HttpResponse.uncached(404, "{\"error\":\"File not found\"}").build();
    }
    boolean handedOver = false;
    try {
      HttpResponse answer = content(file.get(), granted).answer(request, file.get()::content);
      handedOver =
          !request.method().equals("HEAD") && (answer.status() == 200 || answer.status() == 206);
      return answer;
    } finally {
      if (!handedOver) {
        close(file.get());
      }
    }
  }

  private static RangedContent content(StoredFile file, Admission.Granted granted) {
    String key = granted.key().toString();
    return new RangedContent(
        file.size(),
        Validators.of(entityTag(file), file.lastModified()),
        key.substring(key.lastIndexOf('/') + 1),
        "private, max-age=" + granted.validFor().toSeconds());
  }

  private static EntityTag entityTag(StoredFile file) {
    long nanos = ChronoUnit.NANOS.between(Instant.EPOCH, file.lastModified());
    return EntityTag.strong(Long.toHexString(file.size()) + "-" + Long.toHexString(nanos));
  }

  private static void close(StoredFile file) {
    try {
      file.close();
    } catch (IOException e) {
      log.warn("A file could not be closed", e);
    }
  }
}
