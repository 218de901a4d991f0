package dev.hotupdater.servlet;

import dev.hotupdater.context.RequestContext;
import jakarta.servlet.http.HttpServletRequest;

/**
 * Adds to the context of a request what the embedder's own databases and storages want to know of
 * it, such as the tenant or the signed-in user. Safe for use by many threads.
 */
@FunctionalInterface
public interface ContextFunction {
  /**
   * The context that is used for this request. It must neither read the body nor ask for
   * parameters, which can read it too.
   *
   * @param request the request as the container has it
   * @param context what the binding knows: the address under which the client reached the server
   * @return the context, usually made by {@link RequestContext#with} and {@link
   *     RequestContext#withCacheKey}
   * @throws RuntimeException is passed on to the container; no route is asked
   */
  RequestContext apply(HttpServletRequest request, RequestContext context);
}
