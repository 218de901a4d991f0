package dev.hotupdater.http;

import java.util.List;

/**
 * What the {@code Range} field of a GET request asks of a resource. Source: RFC 9110, section 14.
 */
public sealed interface RangeRequest {
  /** All of it. So are requests that are not understood, and those for several ranges at once. */
  record Whole() implements RangeRequest {}

  /**
   * Some of its bytes: the answer is 206.
   *
   * @param first the offset of the first byte, from 0
   * @param last the offset of the last byte
   * @param size the size of the whole resource
   */
  record Part(long first, long last, long size) implements RangeRequest {
    /** How many bytes there are. */
    public long length() {
      return last - first + 1;
    }

    /** The {@code Content-Range} of the answer. */
    public String contentRange() {
      return "bytes " + first + "-" + last + "/" + size;
    }
  }

  /**
   * Bytes that it does not have: the answer is 416.
   *
   * @param size the size of the whole resource
   */
  record Unsatisfiable(long size) implements RangeRequest {
    /** The {@code Content-Range} of the answer. */
    public String contentRange() {
      return "bytes */" + size;
    }
  }

  /**
   * What a request asks for. Only GET has ranges.
   *
   * @param size the size of the resource in bytes
   */
  static RangeRequest of(HttpRequest request, long size) {
    List<String> fields = request.headers().all("Range");
    return request.method().equals("GET") && fields.size() == 1
        ? RangeSpecifier.parse(fields.get(0), size)
        : new Whole();
  }
}
