package dev.hotupdater.examples.quickstart;

import dev.hotupdater.examples.server.Background;
import dev.hotupdater.examples.server.KeptSecret;
import dev.hotupdater.examples.server.WebServer;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command line of the quickstart: starts the server and runs until it is told to stop. */
@Command(
    name = "quickstart",
    mixinStandardHelpOptions = true,
    description = "Runs an update server on a SQLite database and a directory.")
public final class Quickstart implements Callable<Integer> {
  @Option(
      names = "--port",
      defaultValue = "8080",
      description = "The port to listen on; 0 for any free one. Default: ${DEFAULT-VALUE}.")
  private int port;

  @Option(
      names = "--host",
      defaultValue = "127.0.0.1",
      description =
          "The address to listen on; 0.0.0.0 to be reached by other machines."
              + " Default: ${DEFAULT-VALUE}.")
  private String host = "127.0.0.1";

  @Option(
      names = "--data",
      defaultValue = "hot-updater-data",
      description = "The folder for the database and the files. Default: ${DEFAULT-VALUE}.")
  private Path data = Path.of("hot-updater-data");

  @Option(
      names = "--token",
      description =
          "The token that managing bundles needs. Default: one that is made at the first start and"
              + " kept in the data folder.")
  private @Nullable String token;

  private final Background<WebServer> web;

  private Quickstart(Background<WebServer> web) {
    this.web = web;
  }

  /** Starts the server. */
  public static void main(String[] args) {
    // What takes long and needs no option is done while the command line is read.
    Background<WebServer> web = Background.start("jetty-start", WebServer::start);
    Background.start("driver-load", Driver::load);
    int exitCode =
        new CommandLine(new Quickstart(web))
            .setExecutionExceptionHandler(
                (failure, commandLine, parsed) -> {
                  System.err.println("The server cannot start: " + reason(failure));
                  return 1;
                })
            .execute(args);
    // Jetty has threads that would keep the process alive.
    System.exit(exitCode);
  }

  private static String reason(Throwable failure) {
    String message = String.valueOf(failure.getMessage());
    Throwable cause = failure.getCause();
    return cause == null ? message : message + " (" + reason(cause) + ")";
  }

  @Override
  public Integer call() throws Exception {
    String managementToken = token == null ? KeptSecret.managementToken(data).get() : token;
    QuickstartServer server = QuickstartServer.start(web, host, port, data, managementToken);
    Runtime.getRuntime().addShutdownHook(new Thread(server::close, "quickstart-stop"));
    System.out.println(Welcome.text(server.url(), managementToken, ExampleBundle.in(data)));
    System.out.flush();
    server.join();
    return 0;
  }
}
