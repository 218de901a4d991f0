package dev.hotupdater.servlet;

import static java.util.Objects.requireNonNull;

import dev.hotupdater.http.HttpHandler;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * A servlet that answers with a handler. Map it to the base path and everything below it ({@code
 * /hot-updater/*}), or to everything ({@code /*}): the handler sees the same path either way. Safe
 * for use by many threads. Closing the handler is up to whoever made it.
 *
 * @see ServletBinding what is mapped how
 */
public final class HotUpdaterServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  // Servlets are serializable by inheritance only: no container serializes one.
  private final transient HttpHandler handler;
  private final transient ContextFunction context;

  private HotUpdaterServlet(HttpHandler handler, ContextFunction context) {
    this.handler = requireNonNull(handler, "handler");
    this.context = requireNonNull(context, "context");
  }

  /** A servlet that answers with this handler. */
  public static HotUpdaterServlet create(HttpHandler handler) {
    return create(handler, (request, context) -> context);
  }

  /**
   * A servlet that answers with this handler.
   *
   * @param context what the embedder adds to the context of every request
   */
  public static HotUpdaterServlet create(HttpHandler handler, ContextFunction context) {
    return new HotUpdaterServlet(handler, context);
  }

  /** Answers every method alike: which ones there are is for the handler to say. */
  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    ServletBinding.handle(handler, context, request, response);
  }
}
