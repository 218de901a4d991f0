package dev.hotupdater.examples.capacitor;

import dev.hotupdater.examples.server.Environment;
import dev.hotupdater.examples.server.KeptSecret;
import dev.hotupdater.login.PasswordHash;
import dev.hotupdater.login.Users;
import java.io.IOException;
import java.nio.file.Path;

/** Runs an update server for Capacitor apps until it is stopped. */
public final class CapacitorExample {
  private static final String USER = "admin";

  private CapacitorExample() {}

  /** Starts the server: the port is taken from PORT, the folder for what it keeps from DATA. */
  public static void main(String[] args) throws Exception {
    Environment environment = Environment.ofThisProcess();
    int port = Integer.parseInt(environment.get("PORT").orElse("8080"));
    Path data = Path.of(environment.get("DATA").orElse("capacitor-data"));
    String password = KeptSecret.in(data, "admin-password").get();
    CapacitorServer server =
        CapacitorServer.start(
            port, data, Users.builder().add(USER, keptHash(data, password)).build());
    Runtime.getRuntime().addShutdownHook(new Thread(server::close, "capacitor-stop"));
    System.out.println(Welcome.text(server.url(), USER, password, ExampleSite.in(data)));
    System.out.flush();
    server.join();
  }

  /** Another hash of the same password would end all tokens. */
  private static PasswordHash keptHash(Path data, String password) throws IOException {
    return PasswordHash.of(
        KeptSecret.in(data, "admin-password-hash", () -> PasswordHash.ofPassword(password).text())
            .get());
  }
}
