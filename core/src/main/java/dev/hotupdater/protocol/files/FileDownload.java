package dev.hotupdater.protocol.files;

import dev.hotupdater.http.ContentDisposition;
import dev.hotupdater.http.EntityTag;
import dev.hotupdater.http.HttpBody;
import dev.hotupdater.http.HttpRequest;
import dev.hotupdater.http.HttpResponse;
import dev.hotupdater.http.RangeRequest;
import dev.hotupdater.http.Validators;
import dev.hotupdater.storage.Admission;
import dev.hotupdater.storage.ByteRange;
import dev.hotupdater.storage.ContentTypes;
import dev.hotupdater.storage.FileStorage;
import dev.hotupdater.storage.StoredFile;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The answer to a request for a file that may be downloaded. */
final class FileDownload {
  private static final Logger log = LoggerFactory.getLogger(FileDownload.class);

  private final HttpRequest request;
  private final StoredFile file;
  private final String fileName;
  private final Duration validFor;
  private final Validators validators;

  private FileDownload(HttpRequest request, StoredFile file, Admission.Granted granted) {
    this.request = request;
    this.file = file;
    String key = granted.key().toString();
    fileName = key.substring(key.lastIndexOf('/') + 1);
    validFor = granted.validFor();
    validators = Validators.of(entityTag(file), file.lastModified());
  }

  static HttpResponse answer(HttpRequest request, FileStorage storage, Admission.Granted granted) {
    Optional<StoredFile> file = storage.openFile(granted.key());
    if (file.isEmpty()) {
      return failure(404, "File not found").build();
    }
    boolean handedOver = false;
    try {
      HttpResponse answer = new FileDownload(request, file.get(), granted).answer();
      handedOver = answer.status() == 200 || answer.status() == 206;
      return answer;
    } finally {
      if (!handedOver) {
        close(file.get());
      }
    }
  }

  private static EntityTag entityTag(StoredFile file) {
    long nanos = ChronoUnit.NANOS.between(Instant.EPOCH, file.lastModified());
    return EntityTag.strong(Long.toHexString(file.size()) + "-" + Long.toHexString(nanos));
  }

  private HttpResponse answer() {
    return switch (validators.verdict(request)) {
      case NOT_MODIFIED -> cacheable(304).build();
      case PRECONDITION_FAILED -> failure(412, "The file is not the expected one").build();
      case PROCEED -> content();
    };
  }

  private HttpResponse content() {
    RangeRequest range =
        validators.allowRange(request)
            ? RangeRequest.of(request, file.size())
            : new RangeRequest.Whole();
    if (range instanceof RangeRequest.Unsatisfiable unsatisfiable) {
      return failure(416, "The file has no such range")
          .header("Content-Range", unsatisfiable.contentRange())
          .build();
    }
    if (range instanceof RangeRequest.Part part) {
      return file(206, new ByteRange(part.first(), part.length()), part.length())
          .header("Content-Range", part.contentRange())
          .build();
    }
    return file(200, ByteRange.ALL, file.size()).build();
  }

  private HttpResponse.Builder file(int status, ByteRange range, long length) {
    return cacheable(status)
        .header("Accept-Ranges", "bytes")
        .header("Content-Type", ContentTypes.forFileName(fileName))
        .header("Content-Disposition", new ContentDisposition(fileName).toString())
        // A browser must not take what somebody has published for a page of this server.
        .header("X-Content-Type-Options", "nosniff")
        .body(HttpBody.of(file.content(range), length));
  }

  private HttpResponse.Builder cacheable(int status) {
    HttpResponse.Builder response =
        HttpResponse.status(status)
            .header("Cache-Control", "private, max-age=" + validFor.toSeconds());
    validators.addTo(response);
    return response;
  }

  private static HttpResponse.Builder failure(int status, String message) {
    return HttpResponse.status(status)
        .header("Cache-Control", "no-store")
        .json("{\"error\":\"" + message + "\"}");
  }

  private static void close(StoredFile file) {
    try {
      file.close();
    } catch (IOException e) {
      log.warn("A file could not be closed", e);
    }
  }
}
