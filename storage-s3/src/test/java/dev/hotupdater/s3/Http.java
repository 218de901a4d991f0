package dev.hotupdater.s3;

import dev.hotupdater.storage.UploadAddress;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;

/** A client that knows nothing of S3. */
final class Http {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private Http() {}

  static HttpResponse<byte[]> get(String url) throws IOException, InterruptedException {
    return CLIENT.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofByteArray());
  }

  static int status(String method, String url) throws IOException, InterruptedException {
    return status(method, url, Map.of(), new byte[0]);
  }

  static int put(UploadAddress address, byte[] content) throws IOException, InterruptedException {
    return status(address.method(), address.url(), address.headers(), content);
  }

  static int status(String method, String url, Map<String, String> headers, byte[] content)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url))
            .method(
                method,
                content.length == 0
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofByteArray(content));
    headers.forEach(request::header);
    // On a connection of its own: a server that refuses an upload may close the one it came by
    // after its answer, when the next request is on its way.
    return HttpClient.newHttpClient().send(request.build(), BodyHandlers.discarding()).statusCode();
  }
}
