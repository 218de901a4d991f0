package dev.hotupdater;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hotupdater.archive.RejectedZipException;
import dev.hotupdater.bundle.InvalidBundleException;
import dev.hotupdater.database.AlreadyTakenException;
import dev.hotupdater.database.DatabaseUnavailableException;
import dev.hotupdater.database.ReleaseConflictException;
import dev.hotupdater.database.WriteConflictException;
import dev.hotupdater.device.InvalidDeviceException;
import dev.hotupdater.http.BodyTooLargeException;
import dev.hotupdater.http.FailureHandler;
import dev.hotupdater.http.HttpRequest;
import dev.hotupdater.http.HttpResponse;
import dev.hotupdater.http.LogReference;
import dev.hotupdater.http.MalformedRequestException;
import dev.hotupdater.publishing.ArtifactTooLargeException;
import dev.hotupdater.publishing.UnknownAppException;
import dev.hotupdater.publishing.UnknownReleaseException;
import dev.hotupdater.publishing.UploadRejectedException;
import dev.hotupdater.publishing.web.BundleConflictException;
import dev.hotupdater.publishing.web.ChecksumMismatchException;
import dev.hotupdater.release.InvalidReleaseException;
import dev.hotupdater.release.ReleaseStateException;
import dev.hotupdater.storage.StorageUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The answers to requests that failed. What the client did wrong is explained to it; what went
 * wrong in the server is logged under a reference, and the client gets the reference alone.
 */
final class Failures implements FailureHandler {
  private static final Logger log = LoggerFactory.getLogger(Failures.class);
  private static final String RETRY_AFTER_SECONDS = "5";

  @Override
  public HttpResponse answer(HttpRequest request, RuntimeException failure) {
    if (failure instanceof MalformedRequestException
        || failure instanceof InvalidBundleException
        || failure instanceof InvalidReleaseException
        || failure instanceof InvalidDeviceException
        || failure instanceof RejectedZipException
        || failure instanceof ChecksumMismatchException) {
      return clientError(400, failure);
    }
    if (failure instanceof UnknownAppException || failure instanceof UnknownReleaseException) {
      return clientError(404, failure);
    }
    if (failure instanceof BodyTooLargeException || failure instanceof ArtifactTooLargeException) {
      return clientError(413, failure);
    }
    if (failure instanceof UploadRejectedException) {
      return clientError(422, failure);
    }
    if (failure instanceof WriteConflictException) {
      return clientError(request.header("If-Match").isPresent() ? 412 : 409, failure);
    }
    if (failure instanceof ReleaseStateException
        || failure instanceof BundleConflictException
        || failure instanceof ReleaseConflictException
        || failure instanceof AlreadyTakenException) {
      return clientError(409, failure);
    }
    if (failure instanceof DatabaseUnavailableException
        || failure instanceof StorageUnavailableException) {
      return unavailable(request, failure);
    }
    return internalError(request, failure);
  }

  private static HttpResponse clientError(int status, RuntimeException failure) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("error", String.valueOf(failure.getMessage()));
    return HttpResponse.uncached(status, json.toString()).build();
  }

  /** While a database is away, every device that asks brings one line to the log and not fifty. */
  private static HttpResponse unavailable(HttpRequest request, RuntimeException failure) {
    LogReference reference = LogReference.create();
    log.warn(
        "Request failed with 503 [reference {}]: {} {}: {}",
        reference,
        request.method(),
        printable(request.rawPath()),
        String.valueOf(failure.getMessage()));
    log.debug("What made it unavailable [reference {}]", reference, failure);
    return reference
        .answer(503, "Service unavailable")
        .header("Retry-After", RETRY_AFTER_SECONDS)
        .build();
  }

  private static HttpResponse internalError(HttpRequest request, RuntimeException failure) {
    LogReference reference = LogReference.create();
    log.error(
        "Request failed with 500 [reference {}]: {} {}",
        reference,
        request.method(),
        printable(request.rawPath()),
        failure);
    return reference.answer(500, "Internal server error").build();
  }

  /** A log line must stay one line, whatever the client put into the path. */
  private static String printable(String path) {
    return path.replaceAll("[^\\x21-\\x7e]", "?");
  }
}
