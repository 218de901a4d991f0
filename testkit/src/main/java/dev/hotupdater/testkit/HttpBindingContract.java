package dev.hotupdater.testkit;

import dev.hotupdater.http.HttpHandler;
import java.net.URI;

/**
 * What every HTTP binding must do. Who connects the routes with another server or framework extends
 * this class, and its test run shows whether requests and answers get through unchanged.
 *
 * <pre>{@code
 * class MyBindingTest extends HttpBindingContract {
 *   private MyServer server;
 *
 *   @Override
 *   protected URI start(HttpHandler handler) {
 *     server = MyServer.listen("127.0.0.1", 0, exchange -> MyBinding.handle(handler, exchange));
 *     return URI.create("http://127.0.0.1:" + server.port());
 *   }
 *
 *   @Override
 *   protected void stop() {
 *     server.close();
 *   }
 * }
 * }</pre>
 *
 * <p>The server is started once for all tests of the class. A test that a server cannot pass is
 * overridden and disabled with the reason, so that the gap is shown:
 *
 * <pre>{@code
 * @Override
 * @Test
 * @Disabled("This server decodes %2F before anyone sees it")
 * public void path_thatServersAreWaryOf_arrivesAsItCame(String path) {}
 * }</pre>
 *
 * <p>The system property {@value #STREAM_MEGABYTES} says how many megabytes the tests of large
 * bodies send, 64 if it is absent. No test keeps them in memory.
 */
public abstract class HttpBindingContract extends HttpFormTests {
  /** The system property with the size of large bodies in megabytes. */
  public static final String STREAM_MEGABYTES = "hotupdater.testkit.streamMegabytes";

  /** For subclasses. */
  protected HttpBindingContract() {}

  /**
   * Starts a server on a free port of the loopback interface, with the binding that is to be
   * tested, at the root or below a path.
   *
   * @param handler answers every request; the path that it sees begins after the path of the base
   *     URI
   * @return the base URI, by IP address and without a slash at the end
   */
  @Override
  protected abstract URI start(HttpHandler handler) throws Exception;

  /** Stops the server. */
  @Override
  protected abstract void stop() throws Exception;
}
