package dev.hotupdater.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.HttpRetryException;
import java.net.SocketTimeoutException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

class S3FailureTest {
  private static SdkException answer(int status, String code) {
    return S3Exception.builder()
        .statusCode(status)
        .awsErrorDetails(
            AwsErrorDetails.builder()
                .errorCode(code)
                .errorMessage("a message")
                .sdkHttpResponse(SdkHttpResponse.builder().statusCode(status).build())
                .build())
        .build();
  }

  @ParameterizedTest
  @CsvSource({
    "404, NoSuchKey, MISSING",
    "404, '', MISSING",
    "404, NoSuchBucket, MISSING_BUCKET",
    "404, NoSuchUpload, OTHER",
    "412, PreconditionFailed, PRECONDITION",
    "409, ConditionalRequestConflict, PRECONDITION",
    "409, OperationAborted, UNAVAILABLE",
    "401, Unauthorized, DENIED",
    "403, AccessDenied, DENIED",
    "403, '', DENIED",
    "403, RequestTimeTooSkewed, DENIED",
    "403, InvalidObjectState, OTHER",
    "400, ExpiredToken, DENIED",
    "301, PermanentRedirect, WRONG_REGION",
    "301, '', WRONG_REGION",
    "307, TemporaryRedirect, WRONG_REGION",
    "400, AuthorizationHeaderMalformed, WRONG_REGION",
    "400, IllegalLocationConstraintException, WRONG_REGION",
    "400, RequestTimeout, UNAVAILABLE",
    "408, '', UNAVAILABLE",
    "429, '', UNAVAILABLE",
    "500, InternalError, UNAVAILABLE",
    "503, SlowDown, UNAVAILABLE",
    "503, '', UNAVAILABLE",
    "501, NotImplemented, OTHER",
    "400, MalformedXML, OTHER",
    "416, InvalidRange, OTHER"
  })
  void of_anAnswer_isTold(int status, String code, S3Failure.Kind kind) {
    S3Failure failure = S3Failure.of(answer(status, code));

    assertEquals(new S3Failure(kind, status, code, Optional.empty()), failure);
    assertEquals((status + " " + code).trim(), failure.summary());
  }

  @Test
  void of_noAnswer_dependsOnWhatKeptItAway() {
    assertEquals(
        new S3Failure(S3Failure.Kind.UNAVAILABLE, 0, "sockettimeout", Optional.empty()),
        S3Failure.of(
            SdkClientException.create("m", new IOException(new SocketTimeoutException("s")))));
    assertEquals(
        new S3Failure(S3Failure.Kind.UNAVAILABLE, 0, "timeout", Optional.empty()),
        S3Failure.of(ApiCallTimeoutException.create(1)));
    assertEquals(
        S3Failure.Kind.DENIED,
        S3Failure.of(SdkClientException.create("m", new HttpRetryException("m", 401))).kind());
    assertEquals(
        S3Failure.Kind.OTHER,
        S3Failure.of(SdkClientException.create("Unable to load credentials")).kind());
  }
}
