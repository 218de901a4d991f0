package dev.hotupdater.gcs.standin;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Many deletions in one request, each with the access token in its own header. */
public final class BatchApi {
  public static final int MAX_CALLS = 100;

  private static final Pattern CALL =
      Pattern.compile(
          "DELETE \\S*/b/([^/ ]+)/o/([^? ]+)\\S* HTTP/1.1\r\nAuthorization: Bearer (\\S+)\r\n");

  private final String bucket;
  private final JsonApi api;
  private final TokenEndpoint tokens;
  private final Set<String> throttledOnce = ConcurrentHashMap.newKeySet();

  BatchApi(String bucket, JsonApi api, TokenEndpoint tokens) {
    this.bucket = bucket;
    this.api = api;
    this.tokens = tokens;
  }

  /** The object of this name is not deleted by the next batch. */
  public void throttleOnce(String name) {
    throttledOnce.add(name);
  }

  public void handle(Exchange request) throws IOException {
    Matcher calls = CALL.matcher(new String(request.body(), UTF_8));
    StringBuilder answers = new StringBuilder();
    int count = 0;
    while (calls.find()) {
      int status =
          calls.group(3).equals(tokens.token())
              ? status(Exchange.decode(calls.group(1)), Exchange.decode(calls.group(2)))
              : 401;
      String body = status == 204 ? "" : Exchange.error(status, "notFound").toString();
      answers.append("--batch\r\nContent-Type: application/http\r\nContent-ID: response-");
      answers.append(++count).append("\r\n\r\nHTTP/1.1 ").append(status).append(" Answer\r\n");
      answers.append("Content-Type: application/json\r\nContent-Length: ").append(body.length());
      answers.append("\r\n\r\n").append(body).append("\r\n");
    }
    answers.append("--batch--\r\n");
    if (count == 0 || count > MAX_CALLS) {
      request.refuse(400, "invalid");
      return;
    }
    request
        .with("Content-Type", "multipart/mixed; boundary=batch")
        .answer(200, answers.toString().getBytes(UTF_8));
  }

  private int status(String itsBucket, String name) {
    if (!itsBucket.equals(bucket)) {
      return 404;
    }
    return throttledOnce.remove(name) ? 503 : api.delete(name);
  }
}
