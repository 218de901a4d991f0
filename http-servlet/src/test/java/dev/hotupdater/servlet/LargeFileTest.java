package dev.hotupdater.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A file of 500 MB passes through a server with a heap of 128 MB, in both directions. */
class LargeFileTest {
  private static final long FILE_BYTES = 500L * 1024 * 1024 + 1;
  private static final String BOUNDARY = "large-file-test";

  @TempDir private Path directory;

  @ParameterizedTest
  @EnumSource
  @Timeout(300)
  void file_muchLargerThanTheHeap_isStoredAndServedByteByByte(Container container)
      throws Exception {
    Process server = startServer(container);
    try (BufferedReader output = server.inputReader()) {
      String[] addressAndHeap = String.valueOf(output.readLine()).split(" ");
      assertEquals(2, addressAndHeap.length, () -> "The server does not start: " + log());
      assertTrue(Long.parseLong(addressAndHeap[1]) <= 128L * 1024 * 1024, addressAndHeap[1]);
      URI address = URI.create(addressAndHeap[0] + "/file");

      String sent = upload(address);
      String received = download(address);

      assertEquals(sent, received);
    } finally {
      server.getOutputStream().close();
      if (!server.waitFor(30, TimeUnit.SECONDS)) {
        server.destroyForcibly();
      }
    }
    assertEquals(0, server.exitValue(), this::log);
  }

  private String log() {
    try {
      return Files.readString(directory.resolve("log"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Process startServer(Container container) throws IOException {
    return new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+ExitOnOutOfMemoryError",
                "-cp",
                System.getProperty("java.class.path"),
                LargeFileServer.class.getName(),
                container.name(),
                directory.resolve("file").toString()))
        .redirectError(directory.resolve("log").toFile())
        .start();
  }

  private static String upload(URI address) throws Exception {
    MessageDigest digest = sha256();
    String head =
        "--"
            + BOUNDARY
            + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.zip\"\r\n\r\n";
    String tail = "\r\n--" + BOUNDARY + "--\r\n";
    InputStream body =
        new SequenceInputStream(
            Collections.enumeration(
                List.of(
                    new ByteArrayInputStream(head.getBytes(UTF_8)),
                    new DigestInputStream(new NumberedBlocks(FILE_BYTES), digest),
                    new ByteArrayInputStream(tail.getBytes(UTF_8)))));
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
            .POST(
                BodyPublishers.fromPublisher(
                    BodyPublishers.ofInputStream(() -> body),
                    FILE_BYTES + head.length() + tail.length()))
            .build();
    var answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    assertEquals(201, answer.statusCode(), answer.body());
    return HexFormat.of().formatHex(digest.digest());
  }

  private static String download(URI address) throws Exception {
    MessageDigest digest = sha256();
    var answer =
        HttpClient.newHttpClient()
            .send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofInputStream());
    assertEquals(FILE_BYTES, answer.headers().firstValueAsLong("Content-Length").orElse(-1));
    try (InputStream body = answer.body()) {
      byte[] buffer = new byte[64 * 1024];
      for (int count = body.read(buffer); count >= 0; count = body.read(buffer)) {
        digest.update(buffer, 0, count);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() throws NoSuchAlgorithmException {
    return MessageDigest.getInstance("SHA-256");
  }
}
