package dev.hotupdater.servlet;

import dev.hotupdater.http.HttpHeaders;
import dev.hotupdater.http.MalformedRequestException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The header fields of a servlet request, looked up in it when they are asked for, until it is
 * answered.
 *
 * <p>A value is checked when it is read: containers refuse control characters on HTTP/1.1
 * connections, but not all of them on others, and a filter may have put in anything.
 */
final class RequestHeaders implements HttpHeaders {
  private @Nullable HttpServletRequest request;

  RequestHeaders(HttpServletRequest request) {
    this.request = request;
  }

  /** Lets go of the request, which the container may use for another client from now on. */
  void end() {
    request = null;
  }

  @Override
  public Optional<String> first(String name) {
    String value = request().getHeader(name);
    return value == null ? Optional.empty() : Optional.of(checked(value));
  }

  @Override
  public List<String> all(String name) {
    List<String> values = new ArrayList<>();
    for (Enumeration<String> found = request().getHeaders(name); found.hasMoreElements(); ) {
      values.add(checked(found.nextElement()));
    }
    return List.copyOf(values);
  }

  @Override
  public void forEach(BiConsumer<String, String> action) {
    for (Enumeration<String> names = request().getHeaderNames(); names.hasMoreElements(); ) {
      String name = names.nextElement();
      all(name).forEach(value -> action.accept(name, value));
    }
  }

  private HttpServletRequest request() {
    if (request == null) {
      throw new IllegalStateException(
          "The request is answered already. Keep its headers with HttpHeaders.copyOf before.");
    }
    return request;
  }

  private static String checked(String value) {
    if (!HttpHeaders.isValue(value)) {
      throw new MalformedRequestException("A request header has a control character.");
    }
    return value;
  }
}
