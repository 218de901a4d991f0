package dev.hotupdater.http;

import java.io.IOException;

/**
 * Reads a body of type {@code multipart/form-data}, part after part, without keeping any in memory.
 * A binding brings one, made with the multipart parser of its choice.
 */
@FunctionalInterface
public interface FormReader {
  /**
   * Reads the body of a request.
   *
   * @param request the request whose body is read
   * @param visitor called for every part in turn
   * @throws MalformedRequestException if the body is not valid {@code multipart/form-data}
   * @throws IOException if the body cannot be read, or the visitor throws it
   */
  void read(HttpRequest request, PartVisitor visitor) throws IOException;

  /** Receives the parts of a form. */
  @FunctionalInterface
  interface PartVisitor {
    /** Receives one part, whose content must be read before this returns. */
    void visit(FormPart part) throws IOException;
  }
}
