package dev.hotupdater.s3;

import java.io.IOException;
import java.net.HttpRetryException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * What an exception of the SDK says about a call.
 *
 * @param kind what to make of it
 * @param status the HTTP status; 0 if there was no answer
 * @param code the error code of S3, such as {@code AccessDenied}, or the name of what kept the
 *     answer away; empty if neither is known
 * @param region the region that the bucket is in, if the answer told
 */
record S3Failure(Kind kind, int status, String code, Optional<String> region) {
  /** What to make of a failure. */
  enum Kind {
    /** There is no such object. */
    MISSING,
    /** There is no such bucket. */
    MISSING_BUCKET,
    /** The object is not in the state that the call demanded. */
    PRECONDITION,
    /** The credentials are wrong, or do not permit the call. */
    DENIED,
    /** The bucket is at another endpoint, as a rule that of another region. */
    WRONG_REGION,
    /** The service could not be reached, is overloaded or broken; later it may work. */
    UNAVAILABLE,
    /** Anything else. */
    OTHER
  }

  /** What S3 calls the answers whose status says too little. */
  private static final Set<String> DENIED_CODES =
      Set.of("ExpiredToken", "InvalidToken", "TokenRefreshRequired");

  private static final Set<String> REDIRECT_CODES =
      Set.of(
          "PermanentRedirect",
          "TemporaryRedirect",
          "AuthorizationHeaderMalformed",
          "IllegalLocationConstraintException");
  private static final Set<String> PASSING_CODES =
      Set.of("RequestTimeout", "OperationAborted", "SlowDown", "InternalError");
  private static final Set<String> OTHER_CODES = Set.of("NoSuchUpload", "InvalidObjectState");

  private static final Pattern CODE = Pattern.compile("[A-Za-z0-9._-]{1,80}");
  private static final Pattern REGION = Pattern.compile("[a-z0-9-]{1,40}");
  private static final int MAX_CAUSES = 20;

  /** Classifies an exception. */
  static S3Failure of(SdkException exception) {
    return exception instanceof AwsServiceException
        ? ofAnswer((AwsServiceException) exception)
        : ofNoAnswer(exception);
  }

  /** Status and code, as far as they are known: for messages. */
  String summary() {
    String summary = status == 0 ? code : (status + " " + code);
    return summary.isBlank() ? "no details" : summary.trim();
  }

  private static S3Failure ofAnswer(AwsServiceException answer) {
    Optional<AwsErrorDetails> details = Optional.ofNullable(answer.awsErrorDetails());
    String code = details.map(AwsErrorDetails::errorCode).map(S3Failure::knownCode).orElse("");
    Optional<String> region =
        details
            .map(AwsErrorDetails::sdkHttpResponse)
            .flatMap(response -> response.firstMatchingHeader("x-amz-bucket-region"))
            .filter(name -> REGION.matcher(name).matches());
    Kind kind = kind(answer.statusCode(), code, region.isPresent(), answer.isThrottlingException());
    return new S3Failure(kind, answer.statusCode(), code, region);
  }

  /**
   * The code if it has the form of one, otherwise nothing: an answer could have any text there, and
   * codes end up in messages.
   */
  static String knownCode(@Nullable String code) {
    return code != null && CODE.matcher(code).matches() ? code : "";
  }

  private static Kind kind(int status, String code, boolean namesRegion, boolean throttled) {
    if (code.equals("NoSuchBucket")) {
      return Kind.MISSING_BUCKET;
    }
    if (DENIED_CODES.contains(code)) {
      return Kind.DENIED;
    }
    if (REDIRECT_CODES.contains(code)) {
      return Kind.WRONG_REGION;
    }
    if (throttled || PASSING_CODES.contains(code)) {
      return Kind.UNAVAILABLE;
    }
    if (OTHER_CODES.contains(code)) {
      return Kind.OTHER;
    }
    return switch (status) {
      case 301, 302, 307, 308 -> Kind.WRONG_REGION;
      case 400 -> namesRegion && code.isEmpty() ? Kind.WRONG_REGION : Kind.OTHER;
      case 401, 403 -> Kind.DENIED;
      case 404 -> Kind.MISSING;
      case 409, 412 -> Kind.PRECONDITION;
      case 408, 429 -> Kind.UNAVAILABLE;
      case 501 -> Kind.OTHER;
      default -> status >= 500 ? Kind.UNAVAILABLE : Kind.OTHER;
    };
  }

  private static S3Failure ofNoAnswer(SdkException exception) {
    Optional<Throwable> trouble =
        causes(exception).filter(S3Failure::isTrouble).reduce((a, b) -> b);
    if (trouble.isEmpty()) {
      return new S3Failure(Kind.OTHER, 0, "", Optional.empty());
    }
    Kind kind = isUnauthorized(trouble.get()) ? Kind.DENIED : Kind.UNAVAILABLE;
    return new S3Failure(kind, 0, name(trouble.get()), Optional.empty());
  }

  private static Stream<Throwable> causes(Throwable exception) {
    return Stream.iterate(exception, cause -> cause != null, Throwable::getCause).limit(MAX_CAUSES);
  }

  private static boolean isTrouble(Throwable cause) {
    return cause instanceof IOException
        || cause instanceof AbortedException
        || cause instanceof ApiCallTimeoutException
        || cause instanceof ApiCallAttemptTimeoutException;
  }

  /** The HTTP client of the JDK does not hand out an answer with this status to an upload. */
  private static boolean isUnauthorized(Throwable trouble) {
    return trouble instanceof HttpRetryException
        && ((HttpRetryException) trouble).responseCode() == 401;
  }

  private static String name(Throwable trouble) {
    if (trouble instanceof ApiCallTimeoutException
        || trouble instanceof ApiCallAttemptTimeoutException) {
      return "timeout";
    }
    return trouble.getClass().getSimpleName().replace("Exception", "").toLowerCase(Locale.ROOT);
  }
}
