package dev.hotupdater.gcs;

import com.google.auth.Retryable;
import com.google.cloud.BaseServiceException;
import dev.hotupdater.storage.StorageException;
import dev.hotupdater.storage.StorageUnavailableException;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/**
 * Says what a failure of the client library means. Its own exceptions go no further: they quote
 * addresses of unfinished uploads, which work without credentials, and answers of the server.
 */
final class Failures {
  static final int NOT_FOUND = 404;

  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int REQUEST_TIMEOUT = 408;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int SERVER_ERROR = 500;
  private static final int MAX_CAUSES = 20;

  private static final Set<String> THROTTLED =
      Set.of("rateLimitExceeded", "userRateLimitExceeded", "quotaExceeded");
  private static final Pattern SIGNING_STATUS =
      Pattern.compile("rror code (\\d{3}) trying to sign");
  private static final Pattern REASON = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  private final String bucket;

  /** For the bucket of this name. */
  Failures(String bucket) {
    this.bucket = bucket;
  }

  /** The exception for an object, or a prefix of objects, with which something did not work. */
  StorageException of(Operation operation, String key, Exception failure) {
    if (failure instanceof StorageException own) {
      return own;
    }
    String object = key.isEmpty() ? "" : "'" + key + "' in ";
    String what = object + "gs://" + bucket + " could not be " + operation.participle();
    return causes(failure)
        .filter(BaseServiceException.class::isInstance)
        .map(BaseServiceException.class::cast)
        .filter(answer -> answer.getCode() >= 400)
        .findFirst()
        .map(answer -> refused(operation, what, answer))
        .orElseGet(() -> unanswered(what, failure));
  }

  /**
   * Whether a service that signs was asked and had a bad moment. The library says so in words; only
   * the number in them is looked at.
   */
  static boolean isBusySigner(Exception failure) {
    return causes(failure)
        .filter(IOException.class::isInstance)
        .map(cause -> SIGNING_STATUS.matcher(String.valueOf(cause.getMessage())))
        .filter(Matcher::find)
        .mapToInt(found -> Integer.parseInt(found.group(1)))
        .anyMatch(status -> status == TOO_MANY_REQUESTS || status >= SERVER_ERROR);
  }

  /** Whether the server says that there is no such object or bucket. */
  static boolean isNotFound(Exception failure) {
    return causes(failure)
        .anyMatch(
            cause -> cause instanceof BaseServiceException answer && answer.getCode() == NOT_FOUND);
  }

  private StorageException refused(Operation operation, String what, BaseServiceException answer) {
    int status = answer.getCode();
    String reason =
        Optional.ofNullable(answer.getReason())
            .filter(text -> REASON.matcher(text).matches())
            .orElse("");
    String told = what + " (HTTP " + status + (reason.isEmpty() ? "" : ", " + reason) + "). ";
    if (status == REQUEST_TIMEOUT
        || status == TOO_MANY_REQUESTS
        || status >= SERVER_ERROR
        || (status == FORBIDDEN && THROTTLED.contains(reason))) {
      return new StorageUnavailableException(
          told + "Google Cloud Storage is overloaded or limits the requests. Try again later.");
    }
    return new StorageException(told + advice(operation, status));
  }

  private String advice(Operation operation, int status) {
    return switch (status) {
      case UNAUTHORIZED ->
          "The credentials are not accepted. Check that the service account and its key exist and"
              + " are enabled.";
      case FORBIDDEN ->
          "The credentials lack the permission "
              + operation.permission()
              + ". Grant their account the role roles/storage.objectUser on the bucket.";
      case NOT_FOUND -> "There is no bucket of this name. Correct it, or create the bucket.";
      default -> "Check the name of the bucket, the key and the endpoint.";
    };
  }

  private static StorageException unanswered(String what, Exception failure) {
    Optional<Retryable> tokenFailure =
        causes(failure).filter(Retryable.class::isInstance).map(Retryable.class::cast).findFirst();
    if (tokenFailure.isPresent() && !tokenFailure.get().isRetryable()) {
      return new StorageException(
          what
              + ". Google gave no access token for the credentials. Check that the service account"
              + " and its key exist and are enabled, and that the clock of this server is right.");
    }
    if (causes(failure).noneMatch(Failures::isOfTheService)) {
      return new StorageException(
          what + ". The client library failed with a " + failure.getClass().getName() + ".");
    }
    String told = what + ". Google Cloud Storage could not be reached or broke off its answer.";
    return ofTheNetwork(failure)
        .map(cause -> new StorageUnavailableException(told, cause))
        .orElseGet(() -> new StorageUnavailableException(told));
  }

  /** The exception of the JDK behind a failure, whose message names host and port at most. */
  static Optional<Throwable> ofTheNetwork(Exception failure) {
    return causes(failure).filter(Failures::isOfTheNetwork).findFirst();
  }

  private static boolean isOfTheService(Throwable cause) {
    return cause instanceof IOException || cause instanceof BaseServiceException;
  }

  private static boolean isOfTheNetwork(Throwable cause) {
    return cause instanceof SSLException
        || (cause instanceof IOException && cause.getClass().getName().startsWith("java.net."));
  }

  private static Stream<Throwable> causes(Exception failure) {
    return Stream.<Throwable>iterate(failure, cause -> cause != null, Throwable::getCause)
        .limit(MAX_CAUSES);
  }
}
