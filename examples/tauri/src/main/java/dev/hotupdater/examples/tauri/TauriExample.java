package dev.hotupdater.examples.tauri;

import dev.hotupdater.examples.server.Environment;
import dev.hotupdater.examples.server.KeptSecret;
import java.nio.file.Path;

/** Runs an update server for Tauri apps until it is stopped. */
public final class TauriExample {
  private TauriExample() {}

  /** Starts the server: the port is taken from PORT, the folder for what it keeps from DATA. */
  public static void main(String[] args) throws Exception {
    Environment environment = Environment.ofThisProcess();
    int port = Integer.parseInt(environment.get("PORT").orElse("8080"));
    Path data = Path.of(environment.get("DATA").orElse("tauri-data"));
    KeptSecret token = KeptSecret.managementToken(data);
    TauriServer server = TauriServer.start(port, data, token.get());
    Runtime.getRuntime().addShutdownHook(new Thread(server::close, "tauri-stop"));
    System.out.println(Welcome.text(server.url(), token, ExampleBuild.in(data)));
    System.out.flush();
    server.join();
  }
}
