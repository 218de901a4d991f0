package dev.hotupdater.cli.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hotupdater.cli.publish.TestServer.Seen;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What tests of the whole command have in common: a server, a folder, and what is printed. */
abstract class PublishTests {
  static final String DEB = "my-app_1.2.0_amd64.deb";
  static final String APP_IMAGE = "my-app_1.2.0_amd64.AppImage";
  static final String MAC_OS = "My App_aarch64.app.tar.gz";

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Patience SHORT =
      new Patience(
          Duration.ofSeconds(30),
          Duration.ofSeconds(30),
          Duration.ofSeconds(30),
          Collections.nCopies(2, Duration.ofMillis(10)));

  final TestSigner signer = TestSigner.create();
  private final HttpClient client = HttpClient.newHttpClient();
  private StringWriter out = new StringWriter();
  private StringWriter err = new StringWriter();
  private final StringBuilder everything = new StringBuilder();

  @TempDir Path directory = Path.of("");

  @SuppressWarnings("NullAway.Init")
  TestServer server;

  @BeforeEach
  final void startServer() throws Exception {
    server = TestServer.start(directory.resolve("files"));
    manage("PUT", "/slug", "{\"slug\":\"" + TestServer.SLUG + "\"}");
    manage("PUT", "/keys", "{\"keys\":[{\"public_key\":\"" + signer.publicKey() + "\"}]}");
  }

  @AfterEach
  final void checkSecretsAndStop() {
    server.close();
    everything.append(out).append(err);
    assertFalse(everything.toString().contains(TestServer.TOKEN), everything.toString());
    for (Seen request : server.seen()) {
      assertFalse(
          !request.query().isEmpty() && everything.toString().contains(request.query()),
          everything.toString());
    }
  }

  final Path dist() {
    return directory.resolve("dist");
  }

  final void signed(String name, String content) throws IOException {
    Files.createDirectories(dist());
    Files.writeString(dist().resolve(name), content);
    Files.writeString(dist().resolve(name + ".sig"), signer.sign(content, "1.2.0"));
  }

  final int publish(String... options) {
    return publish(SHORT, options);
  }

  final int publish(Patience patience, String... options) {
    return run(patience, Map.of(Token.VARIABLE, TestServer.TOKEN), args(options));
  }

  /** The arguments of a call, with options in place of the usual ones, or in addition to them. */
  final List<String> args(String... options) {
    List<String> args = new ArrayList<>(List.of(options));
    Map.of(
            "--server",
            server.url().toString(),
            "--app",
            TestServer.APP,
            "--version",
            "1.2.0",
            "--dist",
            dist().toString())
        .forEach(
            (name, value) -> {
              if (!args.contains(name)) {
                args.addAll(List.of(name, value));
              }
            });
    return args;
  }

  final int run(Patience patience, Map<String, String> environment, List<String> args) {
    everything.append(out).append(err);
    out = new StringWriter();
    err = new StringWriter();
    PublishCommand command =
        PublishCommand.create(
            name -> Optional.ofNullable(environment.get(name)), ProgressStyle.LINES, patience);
    return new CommandLine(command)
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .setExecutionExceptionHandler(
            (failure, commandLine, parsed) -> {
              failure.printStackTrace(commandLine.getErr());
              return CommandLine.ExitCode.SOFTWARE;
            })
        .execute(args.toArray(new String[0]));
  }

  final String out() {
    return out.toString();
  }

  final String err() {
    return err.toString();
  }

  final void assertPublished(int exitCode) {
    assertEquals(0, exitCode, () -> out() + err());
    assertTrue(out().contains("Published version 1.2.0"), out());
  }

  final void assertFailed(int exitCode, String... parts) {
    assertEquals(1, exitCode, () -> out() + err());
    for (String part : parts) {
      assertTrue(err().contains(part), err());
    }
  }

  /** Asks a management route of the app, and returns its answer. */
  final JsonNode manage(String method, String path, String body) throws Exception {
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(URI.create(server.url() + "/apps/" + TestServer.APP + path))
                .header("Authorization", "Bearer " + TestServer.TOKEN)
                .method(method, BodyPublishers.ofString(body))
                .build(),
            BodyHandlers.ofString());
    assertTrue(answer.statusCode() < 300, answer::body);
    return MAPPER.readTree(answer.body());
  }

  /** The only release of the app, with its artifacts. */
  final JsonNode release() throws Exception {
    JsonNode all = manage("GET", "/releases", "");
    assertEquals(1, all.size(), all::toString);
    return manage("GET", "/releases/" + all.get(0).path("id").asText(), "");
  }

  /** The answer to a client that asks for an update. */
  final HttpResponse<String> check(String path) throws Exception {
    return get(URI.create(server.url() + "/" + TestServer.SLUG + path));
  }

  final HttpResponse<String> get(URI url) throws Exception {
    HttpResponse<String> answer =
        client.send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofString());
    Optional<String> location = answer.headers().firstValue("Location");
    return location.isPresent() ? get(url.resolve(location.get())) : answer;
  }

  final JsonNode json(HttpResponse<String> answer) throws IOException {
    return MAPPER.readTree(answer.body());
  }

  static void await(CountDownLatch end) {
    try {
      assertTrue(end.await(60, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
