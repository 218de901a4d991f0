package dev.hotupdater.examples.quickstart;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The quickstart as a newcomer has it: a process of its own, its output, and the shell. */
class QuickstartTest {
  private static final String CHECK =
      "/app-version/ios/1.0.0/production/00000000-0000-0000-0000-000000000000"
          + "/00000000-0000-0000-0000-000000000000";
  private static final int SIGTERM_EXIT_CODE = 143;
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @TempDir Path data;

  /** A running quickstart and what it has printed up to its last command. */
  private record Running(Process process, URI url, String token, List<String> commands)
      implements AutoCloseable {
    static Running start(Path data, String... options) throws IOException {
      List<String> command =
          new ArrayList<>(
              List.of(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xmx128m",
                  "-cp",
                  System.getProperty("java.class.path"),
                  Quickstart.class.getName(),
                  "--port",
                  "0",
                  "--data",
                  data.toString()));
      command.addAll(List.of(options));
      Process process =
          new ProcessBuilder(command).redirectError(data.resolve("stderr.log").toFile()).start();
      BufferedReader output =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
      StringBuilder printed = new StringBuilder();
      List<String> commands = new ArrayList<>();
      String line = output.readLine();
      while (line != null && !line.startsWith("Stop with")) {
        printed.append(line).append('\n');
        if (line.startsWith("curl")) {
          commands.add(line);
        }
        line = output.readLine();
      }
      assertTrue(line != null, () -> "ended early: " + printed);
      return new Running(
          process,
          URI.create(find(printed, "URL:\\s+(\\S+)")),
          find(printed, "Token:\\s+(\\S+)"),
          commands);
    }

    private static String find(CharSequence text, String pattern) {
      Matcher matcher = Pattern.compile(pattern).matcher(text);
      assertTrue(matcher.find(), () -> pattern + " not in " + text);
      return matcher.group(1);
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
      return CLIENT.send(
          HttpRequest.newBuilder(URI.create(url + path))
              .header("Authorization", "Bearer " + token)
              .build(),
          BodyHandlers.ofString());
    }

    int stop() throws InterruptedException {
      process.destroy();
      assertTrue(process.waitFor(60, TimeUnit.SECONDS), "did not stop");
      return process.exitValue();
    }

    @Override
    public void close() {
      process.destroyForcibly();
    }
  }

  @Test
  void printedCommands_publishCheckAndDownload_andSurviveARestart() throws Exception {
    assumeTrue(canRun("curl", "--version"), "curl is not installed");
    assumeTrue(canRun("sh", "-c", "true"), "there is no POSIX shell");
    try (Running server = Running.start(data)) {
      assertEquals(3, server.commands().size());
      assertTrue(shell(server.commands().get(0)).contains("{\"success\":true}"));
      assertTrue(shell(server.commands().get(1)).contains("\"status\":\"UPDATE\""));
      shell(server.commands().get(2));
      assertArrayEquals(
          Files.readAllBytes(data.resolve("example-bundle.zip")),
          Files.readAllBytes(data.resolve("update.zip")));
      assertEquals(SIGTERM_EXIT_CODE, server.stop());
      String log = Files.readString(data.resolve("stderr.log"));
      assertFalse(log.contains(server.token()), log);
      assertFalse(log.contains("signature="), log);
    }
    try (Running again = Running.start(data)) {
      String answer = again.get(CHECK).body();
      assertTrue(answer.contains("\"status\":\"UPDATE\""), answer);
      String fileUrl = Running.find(answer, "\"fileUrl\":\"([^\"]+)\"");
      assertEquals(
          200,
          CLIENT
              .send(HttpRequest.newBuilder(URI.create(fileUrl)).build(), BodyHandlers.discarding())
              .statusCode());
      again.stop();
    }
  }

  @Test
  void token_isKeptAcrossRestarts_unlessAnotherIsGiven() throws Exception {
    String token;
    try (Running first = Running.start(data)) {
      token = first.token();
      assertEquals(200, first.get("/api/bundles").statusCode());
    }
    try (Running second = Running.start(data)) {
      assertEquals(token, second.token());
    }
    try (Running third = Running.start(data, "--token", "chosen-by-the-operator")) {
      assertEquals("chosen-by-the-operator", third.token());
      assertEquals(200, third.get("/api/bundles").statusCode());
    }
    assertFalse(Files.readString(data.resolve("stderr.log")).contains(token));
  }

  @Test
  void management_withoutToken_is401_andHealthIsOpen() throws Exception {
    try (Running server = Running.start(data)) {
      HttpResponse<String> refused =
          CLIENT.send(
              HttpRequest.newBuilder(URI.create(server.url() + "/api/bundles"))
                  .POST(BodyPublishers.ofString("[]"))
                  .build(),
              BodyHandlers.ofString());
      assertEquals(401, refused.statusCode());
      assertEquals(200, server.get("/health").statusCode());
    }
  }

  @Test
  void sigterm_runningUpload_isFinished() throws Exception {
    assumeTrue(
        !System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("win"),
        "Windows has no SIGTERM");
    try (Running server = Running.start(data);
        Socket socket = new Socket(server.url().getHost(), server.url().getPort())) {
      byte[] start = part("file\"; filename=\"slow.txt", "the first half, ");
      byte[] end =
          ("the second half\r\n" + text(part("key", "slow\r\n")) + "--b--\r\n")
              .getBytes(StandardCharsets.UTF_8);
      OutputStream out = socket.getOutputStream();
      out.write(
          ("POST /hot-updater/upload HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                  + "Authorization: Bearer "
                  + server.token()
                  + "\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: "
                  + (start.length + end.length)
                  + "\r\n\r\n")
              .getBytes(StandardCharsets.UTF_8));
      out.write(start);
      out.flush();
      // The server has the request for sure once a later one on another connection is answered.
      assertEquals(200, server.get("/version").statusCode());
      Thread.sleep(500);

      server.process().destroy();
      Thread.sleep(500);
      out.write(end);
      out.flush();
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

      assertTrue(answer.startsWith("HTTP/1.1 200"), answer);
      assertTrue(server.process().waitFor(60, TimeUnit.SECONDS));
      assertEquals(
          "the first half, the second half",
          Files.readString(data.resolve("files").resolve("slow").resolve("slow.txt")));
    }
  }

  @Test
  void upload_of500Megabytes_passesThroughAHeapOf128Megabytes() throws Exception {
    long size = 500L * 1024 * 1024;
    assumeTrue(
        Files.getFileStore(data).getUsableSpace() > 3 * size, "there is too little disk space");
    try (Running server = Running.start(data)) {
      MessageDigest sent = MessageDigest.getInstance("SHA-256");
      InputStream body =
          new SequenceInputStream(
              Collections.enumeration(
                  List.of(
                      new ByteArrayInputStream(part("file\"; filename=\"large.bin", "")),
                      new DigestInputStream(new RandomBytes(size), sent),
                      new ByteArrayInputStream(
                          ("\r\n" + text(part("key", "large")) + "\r\n--b--\r\n")
                              .getBytes(StandardCharsets.UTF_8)))));
      HttpResponse<String> uploaded =
          CLIENT.send(
              authorized(server, "/upload")
                  .header("Content-Type", "multipart/form-data; boundary=b")
                  .POST(BodyPublishers.ofInputStream(() -> body))
                  .build(),
              BodyHandlers.ofString());
      assertEquals(200, uploaded.statusCode(), uploaded::body);
      HttpResponse<String> address =
          CLIENT.send(
              authorized(server, "/getDownloadUrl")
                  .POST(BodyPublishers.ofString(uploaded.body()))
                  .build(),
              BodyHandlers.ofString());
      MessageDigest received = MessageDigest.getInstance("SHA-256");
      URI fileUrl = URI.create(Running.find(address.body(), "\"fileUrl\":\"([^\"]+)\""));
      try (InputStream in =
          CLIENT
              .send(HttpRequest.newBuilder(fileUrl).build(), BodyHandlers.ofInputStream())
              .body()) {
        new DigestInputStream(in, received).transferTo(OutputStream.nullOutputStream());
      }
      assertArrayEquals(sent.digest(), received.digest());
    }
  }

  private static HttpRequest.Builder authorized(Running server, String path) {
    return HttpRequest.newBuilder(URI.create(server.url() + path))
        .header("Authorization", "Bearer " + server.token());
  }

  /** Bytes that do not compress, always the same, and never all in memory. */
  private static final class RandomBytes extends InputStream {
    private final SplittableRandom random = new SplittableRandom(1);
    private long left;

    RandomBytes(long size) {
      left = size;
    }

    @Override
    public int read() {
      if (left == 0) {
        return -1;
      }
      left--;
      return random.nextInt(256);
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      if (left == 0) {
        return -1;
      }
      int count = (int) Math.min(length, left);
      byte[] bytes = new byte[count];
      random.nextBytes(bytes);
      System.arraycopy(bytes, 0, target, offset, count);
      left -= count;
      return count;
    }
  }

  @Test
  void portInUse_isSaidInOneLine() throws Exception {
    try (Running server = Running.start(data)) {
      Process second =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  Quickstart.class.getName(),
                  "--port",
                  String.valueOf(server.url().getPort()),
                  "--data",
                  data.resolve("second").toString())
              .redirectErrorStream(true)
              .start();
      String output = new String(second.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertTrue(second.waitFor(60, TimeUnit.SECONDS));
      assertEquals(1, second.exitValue());
      assertTrue(output.contains("The server cannot start"), output);
      assertFalse(output.contains("\tat "), output);
    }
  }

  private static byte[] part(String name, String content) {
    return ("--b\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + content)
        .getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private String shell(String command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder("sh", "-c", command)
            .directory(data.toFile())
            .redirectErrorStream(true)
            .start();
    String output = text(process.getInputStream().readAllBytes());
    assertEquals(0, process.waitFor(), output);
    return output;
  }

  private static boolean canRun(String... command) throws InterruptedException {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getInputStream().readAllBytes();
      return process.waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
