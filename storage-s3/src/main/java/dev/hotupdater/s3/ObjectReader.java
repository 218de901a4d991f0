package dev.hotupdater.s3;

import dev.hotupdater.storage.ByteRange;
import dev.hotupdater.storage.ObjectNotFoundException;
import dev.hotupdater.storage.StorageUnavailableException;
import dev.hotupdater.storage.StorageUri;
import dev.hotupdater.storage.StoredObject;
import java.io.InputStream;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** Reads the objects of a bucket. */
final class ObjectReader {
  private static final int RANGE_NOT_SATISFIABLE = 416;
  private static final Pattern CONTENT_RANGE =
      Pattern.compile("bytes \\d{1,18}-\\d{1,18}/(\\d{1,18})");

  private final S3Connection connection;
  private final S3Errors errors;
  private final ObjectLookup lookup;
  private final String bucket;

  ObjectReader(S3Connection connection, S3Errors errors, ObjectLookup lookup, String bucket) {
    this.connection = connection;
    this.errors = errors;
    this.lookup = lookup;
    this.bucket = bucket;
  }

  StoredObject open(StorageUri uri, ByteRange range) {
    GetObjectRequest.Builder request = GetObjectRequest.builder().bucket(bucket).key(uri.key());
    if (!range.equals(ByteRange.ALL)) {
      request.range(header(range));
    }
    try {
      return opened(uri, range, connection.client().getObject(request.build()));
    } catch (SdkException e) {
      return notOpened(uri, range, e);
    }
  }

  /** Some services cannot read numbers that reach beyond what a long holds. */
  private static String header(ByteRange range) {
    return range.length() > Long.MAX_VALUE - range.start()
        ? "bytes=" + range.start() + "-"
        : "bytes=" + range.start() + "-" + (range.start() + range.length() - 1);
  }

  private StoredObject opened(
      StorageUri uri, ByteRange range, ResponseInputStream<GetObjectResponse> answer) {
    Optional<Long> length = Optional.ofNullable(answer.response().contentLength());
    Optional<Long> size = range.equals(ByteRange.ALL) ? length : total(answer.response());
    if (length.isEmpty() || size.isEmpty()) {
      answer.abort();
      throw errors.oddAnswer("The answer for '" + uri.key() + "' lacks its length or range.");
    }
    return StoredObject.of(new ObjectStream(answer, length.get()), size.get());
  }

  private static Optional<Long> total(GetObjectResponse response) {
    return Optional.ofNullable(response.contentRange())
        .map(CONTENT_RANGE::matcher)
        .filter(Matcher::matches)
        .map(matcher -> Long.valueOf(matcher.group(1)));
  }

  private StoredObject notOpened(StorageUri uri, ByteRange range, SdkException cause) {
    S3Failure failure = S3Failure.of(cause);
    if (failure.kind() == S3Failure.Kind.MISSING) {
      throw new ObjectNotFoundException(uri);
    }
    if (failure.status() == RANGE_NOT_SATISFIABLE) {
      return nothing(uri, range);
    }
    throw errors.of(S3Action.READ, "'" + uri.key() + "'", cause);
  }

  private StoredObject nothing(StorageUri uri, ByteRange range) {
    long size = lookup.size(uri).orElseThrow(() -> new ObjectNotFoundException(uri));
    if (size > range.start()) {
      throw new StorageUnavailableException(
          "'" + uri.key() + "' was replaced while it was being read. Read it again.");
    }
    return StoredObject.of(InputStream.nullInputStream(), size);
  }
}
