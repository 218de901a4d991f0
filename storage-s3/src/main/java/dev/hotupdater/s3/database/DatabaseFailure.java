package dev.hotupdater.s3.database;

import dev.hotupdater.database.DatabaseException;
import dev.hotupdater.database.DatabaseUnavailableException;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Says what a failed request means and what to do about it. */
final class DatabaseFailure {
  private static final Set<String> TRANSIENT =
      Set.of("SlowDown", "RequestTimeout", "Throttling", "ThrottlingException", "TooManyRequests");
  private static final Set<String> OTHER_REGION =
      Set.of("PermanentRedirect", "TemporaryRedirect", "AuthorizationHeaderMalformed");
  private static final Set<String> CREDENTIALS =
      Set.of(
          "InvalidAccessKeyId",
          "SignatureDoesNotMatch",
          "ExpiredToken",
          "InvalidToken",
          "RequestTimeTooSkewed");

  private static final Set<String> UNSUPPORTED = Set.of("NotImplemented", "InvalidArgument");

  private DatabaseFailure() {}

  static boolean isMissingObject(S3Exception e) {
    return e.statusCode() == 404 && !code(e).equals("NoSuchBucket");
  }

  static boolean isArchived(S3Exception e) {
    return e.statusCode() == 403 && code(e).equals("InvalidObjectState");
  }

  /**
   * Whether the object is not what the request expected: also if it is gone, or somebody else is
   * writing it at the same moment.
   */
  static boolean isFailedCondition(S3Exception e) {
    return e.statusCode() == 412
        || e.statusCode() == 409 && code(e).equals("ConditionalRequestConflict")
        || isMissingObject(e);
  }

  /** Whether the store cannot do what the request asks for. */
  static boolean isUnsupported(DatabaseException failure) {
    return failure.getCause() instanceof S3Exception
        && isUnsupported((S3Exception) failure.getCause());
  }

  private static boolean isUnsupported(S3Exception e) {
    return e.statusCode() == 501 || e.statusCode() == 400 && UNSUPPORTED.contains(code(e));
  }

  static DatabaseException of(MetadataOperation operation, String bucket, SdkException e) {
    String failed = "Could not " + operation.verb() + " bucket '" + bucket + "': ";
    if (!(e instanceof S3Exception)) {
      return new DatabaseUnavailableException(
          failed + "there was no answer in time. Check the network, the endpoint and credentials.",
          e);
    }
    S3Exception answer = (S3Exception) e;
    int status = answer.statusCode();
    String code = code(answer);
    String answered = "the store answered " + status + ' ' + code + ". ";
    if (status == 501) {
      return new DatabaseException(
          failed + answered + "Use a store with conditional writes, or see the cause.", e);
    }
    if (status >= 500 || status == 429 || status == 408 || TRANSIENT.contains(code)) {
      return new DatabaseUnavailableException(failed + answered + "Try again later.", e);
    }
    if (OTHER_REGION.contains(code) || status == 301) {
      return new DatabaseException(
          failed + answered + "Give the client the region and endpoint that the bucket is in.", e);
    }
    if (CREDENTIALS.contains(code)) {
      return new DatabaseException(
          failed + answered + "Check the client's credentials and this server's clock.", e);
    }
    if (status == 401 || status == 403) {
      return new DatabaseException(
          failed + answered + "Allow " + operation.permission() + " on it and what is in it.", e);
    }
    if (status == 404) {
      return new DatabaseException(failed + answered + "Create it, or correct its name.", e);
    }
    return new DatabaseException(failed + answered + "See the cause.", e);
  }

  /** An answer that ended before it was complete. */
  static DatabaseException interrupted(
      MetadataOperation operation, String bucket, RuntimeException e) {
    return new DatabaseUnavailableException(
        "Could not "
            + operation.verb()
            + " bucket '"
            + bucket
            + "': the answer broke off. Try again later.",
        e);
  }

  private static String code(S3Exception e) {
    return Optional.ofNullable(e.awsErrorDetails())
        .map(AwsErrorDetails::errorCode)
        .filter(code -> code.matches("[A-Za-z0-9.]{1,64}"))
        .orElse("without a code");
  }
}
