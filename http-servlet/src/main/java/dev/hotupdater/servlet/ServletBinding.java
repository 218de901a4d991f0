package dev.hotupdater.servlet;

import static java.util.Objects.requireNonNull;

import dev.hotupdater.context.RequestContext;
import dev.hotupdater.http.HttpHandler;
import dev.hotupdater.http.HttpHeaders;
import dev.hotupdater.http.HttpResponse;
import dev.hotupdater.http.MalformedRequestException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Lets a handler answer a servlet request: what {@link HotUpdaterServlet} does, for a filter or a
 * controller.
 *
 * <ul>
 *   <li>The path is the request URI as it came, without the context path and still percent-encoded;
 *       nothing is decoded, resolved or removed, so neither are {@code ..} segments and path
 *       parameters such as {@code ;jsessionid=1}: a semicolon is a character of its segment. Where
 *       the client spells the context path in another way, such as {@code /%61pp} for {@code /app},
 *       the path may be handed over whole, and is then not found.
 *   <li>The base URI of the context is scheme, host and port as the container reports them, and the
 *       context path. Behind a proxy, let the container evaluate the forwarded headers.
 *   <li>The body must not have been read before, and no parameter asked for, which can read it too.
 *   <li>The header fields are looked up in the servlet request when the handler asks for them. They
 *       are valid until the answer is written; {@link HttpHeaders#copyOf} keeps them for longer.
 *   <li>What the handler leaves of a body is read and thrown away, within limits, so that the
 *       client gets to read the answer.
 *   <li>An answer is written as it is. {@code sendError} is never called, so that no container puts
 *       a page of its own in the place of the answer.
 * </ul>
 *
 * Requests are answered on the calling thread; asynchronous processing is not used.
 */
public final class ServletBinding {
  private static final OriginContexts CONTEXTS = new OriginContexts();

  private ServletBinding() {}

  /**
   * Lets the handler answer a request.
   *
   * @throws IOException if the body of the answer breaks off after a part of it was sent, which the
   *     container makes visible to the client by cutting the connection
   */
  public static void handle(
      HttpHandler handler, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    handle(handler, (servletRequest, context) -> context, request, response);
  }

  /**
   * Lets the handler answer a request.
   *
   * @param context what the embedder adds to the context of the request
   * @throws IOException if the body of the answer breaks off after a part of it was sent, which the
   *     container makes visible to the client by cutting the connection
   */
  public static void handle(
      HttpHandler handler,
      ContextFunction context,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    RequestHeaders headers = new RequestHeaders(request);
    try {
      HttpResponse answer = answer(handler, context, request, headers);
      new ResponseWriter(request, response).write(answer);
      UnreadBody.discard(request, response);
    } finally {
      headers.end();
    }
  }

  private static HttpResponse answer(
      HttpHandler handler,
      ContextFunction context,
      HttpServletRequest request,
      RequestHeaders headers) {
    RequestContext known;
    try {
      known = CONTEXTS.of(Origin.of(request));
    } catch (MalformedRequestException e) {
      return badRequest(String.valueOf(e.getMessage()));
    }
    RequestContext extended =
        requireNonNull(context.apply(request, known), "The context function returned null");
    try {
      return handler.handle(RequestMapping.map(request, headers, extended));
    } catch (MalformedRequestException e) {
      // A handler that answers its own failures can still come upon a header that is malformed.
      return badRequest("The request is malformed.");
    }
  }

  /** The errors are constants without a character that JSON escapes. */
  private static HttpResponse badRequest(String error) {
    return HttpResponse.json(400, "{\"error\":\"" + error + "\"}");
  }
}
