package dev.hotupdater.cli.publish;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hotupdater.release.ReleaseId;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Where and how to upload an artifact. Whoever has it can upload, so it is never printed.
 *
 * @param headers the header fields to send
 */
record UploadTicket(ReleaseId artifactId, URI url, String method, Map<String, String> headers) {
  /** These follow from the request; the HTTP client sends them by itself, and takes no others. */
  private static final Set<String> IMPLIED =
      Set.of("connection", "content-length", "expect", "host", "upgrade");

  static UploadTicket read(JsonNode json, ServerAddress server) {
    ReleaseId artifactId =
        ReleaseId.parse(json.path("artifact_id").asText()).orElseThrow(UploadTicket::unusable);
    String url = json.path("upload_url").asText();
    if (url.isEmpty()) {
      throw unusable();
    }
    Map<String, String> headers = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> field : json.path("upload_headers").properties()) {
      if (!IMPLIED.contains(field.getKey().toLowerCase(Locale.ROOT))) {
        headers.put(field.getKey(), field.getValue().asText());
      }
    }
    return new UploadTicket(
        artifactId,
        address(url, server),
        json.path("upload_method").asText("PUT"),
        Map.copyOf(headers));
  }

  private static URI address(String text, ServerAddress server) {
    try {
      URI url = server.base().resolve(text);
      if (ServerAddress.isHttp(url)) {
        return url;
      }
    } catch (IllegalArgumentException e) {
      // Its message has the address in it.
      throw unusable();
    }
    throw unusable();
  }

  /** What to say of one that cannot be used, without saying what is in it. */
  static PublishException unusable() {
    return new PublishException(
        "The server gave no usable upload address. It may be of another version than this"
            + " program.");
  }

  @Override
  public String toString() {
    return "UploadTicket[" + artifactId + ']';
  }
}
