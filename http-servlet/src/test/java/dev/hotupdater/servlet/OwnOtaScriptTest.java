package dev.hotupdater.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hotupdater.HotUpdater;
import dev.hotupdater.database.InMemoryDatabase;
import dev.hotupdater.http.Access;
import dev.hotupdater.protocol.capacitor.ota.OwnOta;
import dev.hotupdater.release.AppId;
import dev.hotupdater.storage.FileStorage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the scripts of an own OTA server send with curl, and then a device, over a connection. */
class OwnOtaScriptTest {
  private static final String TOKEN = "a-token-for-the-tests";
  private static final String BOUNDARY = "------------------------d74496d66958873e";

  private final HttpClient client = HttpClient.newHttpClient();

  private HttpResponse<byte[]> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return client.send(request.build(), BodyHandlers.ofByteArray());
  }

  private static JsonNode json(HttpResponse<byte[]> response) throws IOException {
    return new ObjectMapper().readTree(response.body());
  }

  private static byte[] zip() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("index.html"));
      zip.write("<title>1.2.0</title>".getBytes(UTF_8));
      zip.closeEntry();
    }
    return bytes.toByteArray();
  }

  /** As {@code curl -F file=@… -F version=… -F channel=… -F checksum=…} does. */
  private static byte[] form(byte[] file, String checksum) throws IOException {
    ByteArrayOutputStream form = new ByteArrayOutputStream();
    write(
        form,
        "--"
            + BOUNDARY
            + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"app_1.2.0.zip\"\r\n"
            + "Content-Type: application/octet-stream\r\n\r\n");
    form.write(file);
    writeField(form, "version", "1.2.0");
    writeField(form, "channel", "stable");
    writeField(form, "checksum", checksum);
    write(form, "\r\n--" + BOUNDARY + "--\r\n");
    return form.toByteArray();
  }

  private static void writeField(ByteArrayOutputStream form, String name, String value)
      throws IOException {
    write(
        form,
        "\r\n--"
            + BOUNDARY
            + "\r\nContent-Disposition: form-data; name=\""
            + name
            + "\"\r\n\r\n"
            + value);
  }

  private static void write(ByteArrayOutputStream form, String text) throws IOException {
    form.write(text.getBytes(UTF_8));
  }

  @Test
  void bundle_thatAScriptUploads_isCheckedForAndDownloaded(@TempDir Path directory)
      throws Exception {
    OwnOta ota = OwnOta.forApp(AppId.of("com.example.app"));
    try (HotUpdater updates =
            HotUpdater.builder()
                .database(InMemoryDatabase.create())
                .storage(FileStorage.at(directory))
                .routes(ota.publicRoutes())
                .routes(
                    ota.signInRoutes(
                        (user, password) ->
                            password.equals("my\"password")
                                ? Optional.of(TOKEN)
                                : Optional.empty()))
                .routes(ota.adminRoutes(Access.bearerToken(TOKEN)))
                .build();
        ServletServer server = Container.JETTY.start("", "/*", HotUpdaterServlet.create(updates))) {
      URI base = server.base();
      byte[] zip = zip();
      String checksum = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(zip));

      String token =
          json(send(
                  HttpRequest.newBuilder(URI.create(base + "/api/auth/login"))
                      .header("Content-Type", "application/json")
                      .POST(
                          BodyPublishers.ofString(
                              "{\"username\":\"admin\",\"password\":\"my\\\"password\"}"))))
              .path("token")
              .asText();
      HttpResponse<byte[]> uploaded =
          send(
              HttpRequest.newBuilder(URI.create(base + "/api/ota/admin/ota/upload"))
                  .header("Authorization", "Bearer " + token)
                  .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                  .POST(BodyPublishers.ofByteArray(form(zip, checksum))));
      JsonNode offer =
          json(
              send(
                  HttpRequest.newBuilder(URI.create(base + "/check"))
                      .POST(BodyPublishers.ofString("{\"version_build\":\"1.0.0\"}"))));
      URI url = URI.create(offer.path("url").asText());
      HttpResponse<byte[]> rest = send(HttpRequest.newBuilder(url).header("Range", "bytes=10-"));

      assertEquals(201, uploaded.statusCode(), new String(uploaded.body(), UTF_8));
      assertEquals("1.2.0", offer.path("version").asText());
      assertEquals(checksum, offer.path("checksum").asText());
      assertEquals(base + "/api/ota/bundle/stable-1.2.0.zip", url.toString());
      assertArrayEquals(zip, send(HttpRequest.newBuilder(url)).body());
      assertEquals(206, rest.statusCode());
      assertArrayEquals(Arrays.copyOfRange(zip, 10, zip.length), rest.body());
    }
  }
}
