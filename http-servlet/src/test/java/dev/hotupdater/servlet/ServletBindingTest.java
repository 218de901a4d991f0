package dev.hotupdater.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hotupdater.http.HttpHandler;
import dev.hotupdater.http.HttpResponse;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.EnumSet;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.Test;

class ServletBindingTest {
  @Test
  void filter_usingTheBinding_answersItsOwnPathsAndLeavesTheRest() throws Exception {
    HttpHandler handler =
        request ->
            HttpResponse.json(
                200,
                request.rawPath()
                    + request.context().attribute("user", String.class).orElse("nobody"));
    ServletContextHandler context = new ServletContextHandler("/app");
    EnumSet<DispatcherType> requests = EnumSet.of(DispatcherType.REQUEST);
    context.addFilter(new FilterHolder(new UpdatesFilter(handler)), "/*", requests);
    Server server = new Server();
    ServerConnector connector = new ServerConnector(server);
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    server.setHandler(context);
    server.start();
    try {
      String base = "http://127.0.0.1:" + connector.getLocalPort() + "/app";
      assertEquals("200 /updates/a%20bada", get(base + "/updates/a%20b?user=ada"));
      assertEquals("200 /updates/anobody", get(base + "/updates/a"));
      assertEquals("404", get(base + "/elsewhere").substring(0, 3));
    } finally {
      server.stop();
    }
  }

  private static String get(String uri) throws IOException, InterruptedException {
    var answer =
        HttpClient.newHttpClient()
            .send(HttpRequest.newBuilder(URI.create(uri)).build(), BodyHandlers.ofString());
    return answer.statusCode() + " " + answer.body();
  }

  /** A filter as an embedder would write it. */
  private static final class UpdatesFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;

    private final transient HttpHandler handler;

    UpdatesFilter(HttpHandler handler) {
      this.handler = handler;
    }

    @Override
    protected void doFilter(
        HttpServletRequest request, HttpServletResponse response, FilterChain chain)
        throws IOException, ServletException {
      if (!request.getRequestURI().startsWith(request.getContextPath() + "/updates/")) {
        chain.doFilter(request, response);
      } else if (request.getParameter("user") == null) {
        ServletBinding.handle(handler, request, response);
      } else {
        String user = request.getParameter("user");
        ServletBinding.handle(
            handler, (servletRequest, known) -> known.with("user", user), request, response);
      }
    }
  }
}
