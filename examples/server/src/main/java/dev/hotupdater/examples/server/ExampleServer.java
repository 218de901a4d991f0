package dev.hotupdater.examples.server;

import dev.hotupdater.HotUpdater;
import dev.hotupdater.HotUpdaterBuilder;
import dev.hotupdater.http.Access;
import dev.hotupdater.protocol.health.HealthRoutes;
import dev.hotupdater.protocol.hotupdater.BundleRoutes;
import dev.hotupdater.protocol.standalone.StandaloneStorageRoutes;
import dev.hotupdater.servlet.HotUpdaterServlet;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An update server in Jetty, on what an example has built it of. */
public final class ExampleServer implements AutoCloseable {
  private static final String BASE_PATH = "/hot-updater";
  private static final String HOST = "127.0.0.1";

  private final Opened opened;
  private final WebServer web;
  private final List<String> parts;

  private ExampleServer(Opened opened, WebServer web, List<String> parts) {
    this.opened = opened;
    this.web = web;
    this.parts = parts;
  }

  /** The parts of an example, before its routes are mounted. */
  public interface Setup {
    /**
     * Opens what the server runs on.
     *
     * @param environment where the real services are; an embedded stand-in is started for one that
     *     is not named
     * @param opened takes what must be closed
     * @param parts takes a line for each part, that says whether it is a stand-in
     */
    HotUpdaterBuilder open(Environment environment, Opened opened, List<String> parts)
        throws Exception;
  }

  /**
   * Starts the server.
   *
   * @param port the port to listen on; 0 for any free one
   * @param token what managing bundles needs
   */
  public static ExampleServer start(Setup setup, Environment environment, int port, String token)
      throws Exception {
    Opened opened = new Opened();
    try {
      List<String> parts = new ArrayList<>();
      HotUpdater updater =
          opened.add(
              setup
                  .open(environment, opened, parts)
                  .basePath(BASE_PATH)
                  .routes(BundleRoutes.protectedBy(Access.bearerToken(token)))
                  .routes(StandaloneStorageRoutes.protectedBy(Access.bearerToken(token)))
                  .routes(HealthRoutes.create())
                  .build());
      WebServer web = opened.add(WebServer.start());
      web.open(HOST, port, HotUpdaterServlet.create(updater));
      return new ExampleServer(opened, web, List.copyOf(parts));
    } catch (Exception e) {
      opened.close();
      throw e;
    }
  }

  /** Runs an example until it is stopped: the port from PORT, the token from TOKEN. */
  public static void run(Setup setup) throws Exception {
    Environment environment = Environment.ofThisProcess();
    int port = Integer.parseInt(environment.get("PORT").orElse("8080"));
    Optional<String> givenToken = environment.get("TOKEN");
    String token = givenToken.orElseGet(KeptSecret::random);
    ExampleServer server = start(setup, environment, port, token);
    Runtime.getRuntime().addShutdownHook(new Thread(server::close, "example-stop"));
    System.out.println("The update server is ready.");
    server.parts().forEach(part -> System.out.println("  " + part));
    System.out.println("  URL:   " + server.url());
    System.out.println("  Token: " + (givenToken.isPresent() ? "that of TOKEN" : token));
    System.out.flush();
    server.web.join();
  }

  /** Where the routes are. */
  public URI url() {
    return URI.create(web.url() + BASE_PATH);
  }

  /** What the server runs on, a line for each part. */
  public List<String> parts() {
    return parts;
  }

  /** Takes no new requests, lets those that run end, and closes everything. */
  @Override
  public void close() {
    opened.close();
  }
}
