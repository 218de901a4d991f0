package dev.hotupdater.servlet;

import dev.hotupdater.http.HttpHandler;
import dev.hotupdater.testkit.HttpBindingContract;
import java.net.URI;
import org.jspecify.annotations.Nullable;

class JettyBindingTest extends HttpBindingContract {
  private @Nullable ServletServer server;

  @Override
  protected URI start(HttpHandler handler) throws Exception {
    server = JettyServer.start("", "/*", HotUpdaterServlet.create(handler));
    return server.base();
  }

  @Override
  protected void stop() throws Exception {
    if (server != null) {
      server.close();
    }
  }
}
