package dev.hotupdater.examples.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.UUID;

/** Publishes to an example as the command line does, and updates from it as an app does. */
public final class ExampleClient {
  /** The token of the examples' tests. */
  public static final String TOKEN = "token-of-the-examples-tests";

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String NIL = "00000000-0000-0000-0000-000000000000";
  private static final String BUNDLE = "0198c0de-abcd-7000-8000-000000000001";
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI server;

  private ExampleClient(URI server) {
    this.server = server;
  }

  /** A client of the server whose routes are here. */
  public static ExampleClient of(URI server) {
    return new ExampleClient(server);
  }

  /** Publishes a file as an update, checks for it, and downloads it again. */
  public String publishAndDownload(String content) throws IOException, InterruptedException {
    JsonNode uploaded = MAPPER.readTree(send(upload(content)));
    send(publish(uploaded.path("storageUri").textValue()));
    URI check = URI.create(server + "/app-version/ios/1.0.0/production/" + NIL + "/" + NIL);
    JsonNode update = MAPPER.readTree(send(HttpRequest.newBuilder(check)));
    return send(HttpRequest.newBuilder(URI.create(update.path("fileUrl").asText())));
  }

  private HttpRequest.Builder upload(String content) {
    String boundary = "boundary-" + UUID.randomUUID();
    String start = "--" + boundary + "\r\nContent-Disposition: form-data; name=";
    String form =
        start
            + "\"key\"\r\n\r\nbundles/"
            + BUNDLE
            + "\r\n"
            + start
            + "\"file\"; filename=\"bundle.zip\"\r\nContent-Type: application/zip\r\n\r\n"
            + content
            + "\r\n--"
            + boundary
            + "--\r\n";
    return authorized("/upload")
        .header("Content-Type", "multipart/form-data; boundary=" + boundary)
        .POST(HttpRequest.BodyPublishers.ofString(form));
  }

  private HttpRequest.Builder publish(String storageUri) {
    ObjectNode bundle = MAPPER.createObjectNode();
    bundle.put("id", BUNDLE);
    bundle.put("platform", "ios");
    bundle.put("channel", "production");
    bundle.put("targetAppVersion", "1.x");
    bundle.put("enabled", true);
    bundle.put("shouldForceUpdate", false);
    bundle.put("fileHash", "not checked by the server");
    bundle.put("storageUri", storageUri);
    return authorized("/api/bundles")
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(bundle.toString()));
  }

  private HttpRequest.Builder authorized(String path) {
    return HttpRequest.newBuilder(URI.create(server + path))
        .header("Authorization", "Bearer " + TOKEN);
  }

  private String send(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        http.send(request.timeout(TIMEOUT).build(), HttpResponse.BodyHandlers.ofString(UTF_8));
    if (answer.statusCode() >= 300) {
      throw new IOException(answer.statusCode() + ": " + answer.body());
    }
    return answer.body();
  }
}
