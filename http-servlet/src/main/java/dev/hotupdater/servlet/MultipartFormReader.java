package dev.hotupdater.servlet;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hotupdater.http.FormReader;
import dev.hotupdater.http.HttpRequest;
import dev.hotupdater.http.MalformedRequestException;
import java.io.IOException;
import org.apache.commons.fileupload2.core.FileUploadException;
import org.apache.commons.fileupload2.core.MultipartInput;
import org.apache.commons.fileupload2.core.MultipartInput.ItemInputStream;

/**
 * Reads forms with the streaming parser of Commons FileUpload: a part is read from the connection
 * while it is visited; nothing is kept in memory or written to a disk.
 *
 * <p>It uses the parser below {@code FileItemInputIterator}, because the iterator takes a body that
 * breaks off between two parts for complete, and does not limit the number of parts.
 */
final class MultipartFormReader implements FormReader {
  static final int MAX_PARTS = 100;
  static final int MAX_PART_HEAD_BYTES = 8 * 1024;

  /** RFC 2046, section 5.1.1. */
  private static final int MAX_BOUNDARY_LENGTH = 70;

  @Override
  public void read(HttpRequest request, PartVisitor visitor) throws IOException {
    try {
      MultipartInput input = input(request);
      if (!input.skipPreamble()) {
        throw new MalformedRequestException(
            "The multipart body has no parts, or not the boundary that Content-Type names.");
      }
      int parts = 0;
      do {
        parts++;
        if (parts > MAX_PARTS) {
          throw new MalformedRequestException(
              "The multipart body has more than " + MAX_PARTS + " parts.");
        }
        visit(input, visitor);
      } while (input.readBoundary());
    } catch (FileUploadException e) {
      throw new MalformedRequestException("The multipart body is malformed: " + e.getMessage());
    }
  }

  private static MultipartInput input(HttpRequest request) throws IOException {
    HeaderValue type = HeaderValue.parse(request.header("Content-Type").orElse(""));
    if (!type.is("multipart/form-data")) {
      throw new MalformedRequestException("The request body must be of type multipart/form-data.");
    }
    String boundary = type.parameter("boundary").orElse("");
    if (boundary.isEmpty() || boundary.length() > MAX_BOUNDARY_LENGTH) {
      throw new MalformedRequestException(
          "The Content-Type header must name a boundary of 1 to "
              + MAX_BOUNDARY_LENGTH
              + " characters.");
    }
    MultipartInput input =
        MultipartInput.builder()
            .setInputStream(request.body())
            .setBoundary(boundary.getBytes(ISO_8859_1))
            .setMaxPartHeaderSize(MAX_PART_HEAD_BYTES)
            .get();
    // Browsers and Node send file names as they are, in UTF-8.
    input.setHeaderCharset(UTF_8);
    return input;
  }

  private static void visit(MultipartInput input, PartVisitor visitor) throws IOException {
    PartHead head = PartHead.parse(input.readHeaders());
    ItemInputStream bytes = input.newInputStream();
    PartContent content = new PartContent(bytes);
    try {
      visitor.visit(head.with(content));
    } finally {
      // Whatever the visitor made of it: a body that breaks off is why it failed.
      content.throwFailure();
    }
    // Goes on to the next boundary, over what the visitor has left. Not after a failure: nobody
    // waits for the rest then.
    bytes.close();
  }
}
