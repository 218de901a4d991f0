package dev.hotupdater.supabase;

import dev.hotupdater.storage.ByteRange;
import dev.hotupdater.storage.StoredObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads objects with the key of the project. */
final class Downloads {
  /**
   * No object is as large; numbers beyond it are not sent, as not every server can count so far.
   */
  private static final long BEYOND_EVERY_OBJECT = 1L << 50;

  private static final ByteRange FIRST_BYTE = new ByteRange(0, 1);

  private static final Pattern CONTENT_RANGE =
      Pattern.compile("bytes ([0-9]{1,18})-[0-9]{1,18}/([0-9]{1,18})");

  private final Api api;
  private final Endpoints endpoints;

  Downloads(Api api, Endpoints endpoints) {
    this.api = api;
    this.endpoints = endpoints;
  }

  /** Opens a part of an object. */
  StoredObject open(String key, ByteRange range) throws RefusedException {
    if (range.start() >= BEYOND_EVERY_OBJECT) {
      return nothingOf(size(key));
    }
    try {
      return api.send(request(key, range), answer -> object(answer, range));
    } catch (RefusedException e) {
      if (e.kind() == Refusal.Kind.UNSATISFIABLE_RANGE) {
        return nothingOf(range.start() == 0 ? 0 : size(key));
      }
      throw e;
    }
  }

  /** Whether the object exists. */
  boolean exists(String key) throws RefusedException {
    try {
      return size(key) >= 0;
    } catch (RefusedException e) {
      return switch (e.kind()) {
        case NO_OBJECT, UNUSABLE_KEY -> false;
        default -> throw e;
      };
    }
  }

  /**
   * The size of an object. Asks for its first byte, as the answer to a HEAD does not say what is
   * missing: the object, the bucket or the API.
   */
  private long size(String key) throws RefusedException {
    try {
      return api.send(request(key, FIRST_BYTE), Downloads::sizeOfRead);
    } catch (RefusedException e) {
      if (e.kind() == Refusal.Kind.UNSATISFIABLE_RANGE) {
        return 0;
      }
      throw e;
    }
  }

  /** Reads the byte, so that the connection can be used again. */
  private static long sizeOfRead(HttpResponse<BodyStream> answer) throws IOException {
    try (StoredObject object = object(answer, FIRST_BYTE)) {
      object.content().readNBytes(1);
      return object.size();
    }
  }

  private static StoredObject nothingOf(long size) {
    return StoredObject.of(InputStream.nullInputStream(), size);
  }

  private HttpRequest request(String key, ByteRange range) {
    HttpRequest.Builder request = api.request(endpoints.download(key));
    return range.equals(ByteRange.ALL)
        ? request.build()
        : request.header("Range", header(range)).build();
  }

  private static String header(ByteRange range) {
    boolean isToTheEnd = range.length() >= BEYOND_EVERY_OBJECT - range.start();
    return "bytes=" + range.start() + '-' + (isToTheEnd ? "" : range.start() + range.length() - 1);
  }

  private static StoredObject object(HttpResponse<BodyStream> answer, ByteRange range)
      throws IOException {
    try {
      return answer.statusCode() == 206 ? part(answer, range) : cut(answer, range);
    } catch (IOException | RuntimeException e) {
      answer.body().close();
      throw e;
    }
  }

  private static StoredObject part(HttpResponse<BodyStream> answer, ByteRange range) {
    Matcher matcher =
        CONTENT_RANGE.matcher(answer.headers().firstValue("Content-Range").orElse(""));
    if (!matcher.matches() || Long.parseLong(matcher.group(1)) != range.start()) {
      throw Json.unexpected();
    }
    return StoredObject.of(
        new PartialStream(answer.body(), range.length()), Long.parseLong(matcher.group(2)));
  }

  /** A server that keeps its files on a disk may ignore the range. */
  private static StoredObject cut(HttpResponse<BodyStream> answer, ByteRange range)
      throws IOException {
    long size = sizeOfAll(answer);
    answer.body().skipNBytes(Math.min(range.start(), size));
    return StoredObject.of(new PartialStream(answer.body(), range.length()), size);
  }

  private static long sizeOfAll(HttpResponse<?> answer) {
    return answer.headers().firstValueAsLong("Content-Length").orElseThrow(Json::unexpected);
  }
}
