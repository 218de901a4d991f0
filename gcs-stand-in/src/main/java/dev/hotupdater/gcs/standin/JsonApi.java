package dev.hotupdater.gcs.standin;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The calls of the JSON API for objects: get, download, list, delete, and what one may do. */
public final class JsonApi {
  private static final int MAX_PAGE = 1000;
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-(\\d*)");

  private final String bucket;
  private final StoredBlobs blobs;
  private final Set<String> denied = ConcurrentHashMap.newKeySet();

  JsonApi(String bucket, StoredBlobs blobs) {
    this.bucket = bucket;
    this.blobs = blobs;
  }

  public void deny(String permission) {
    denied.add(permission);
  }

  /**
   * Answers a call.
   *
   * @param path what follows {@code /storage/v1/b/}
   */
  public void handle(Exchange request, String path) throws IOException {
    String[] parts = path.split("/", -1);
    String tail = parts.length > 1 ? parts[1] : "";
    if (!parts[0].equals(bucket)) {
      request.refuse(404, "notFound");
    } else if (tail.equals("iam")) {
      permissions(request);
    } else if (tail.equals("o") && parts.length == 2) {
      list(request);
    } else if (tail.equals("o") && parts.length == 3) {
      object(request, Exchange.decode(parts[2]));
    } else {
      request.refuse(400, "invalid");
    }
  }

  private void permissions(Exchange request) throws IOException {
    List<String> granted =
        Arrays.stream(request.rawQuery().split("&", -1))
            .filter(pair -> pair.startsWith("permissions="))
            .map(pair -> Exchange.decode(pair.substring("permissions=".length())))
            .filter(permission -> !denied.contains(permission))
            .toList();
    request.answer(200, Exchange.JSON.valueToTree(Map.of("permissions", granted)));
  }

  private void list(Exchange request) throws IOException {
    if (denied.contains("storage.objects.list")) {
      request.refuse(403, "forbidden");
      return;
    }
    Map<String, String> query = request.query();
    String prefix = query.getOrDefault("prefix", "");
    int max = Math.min(MAX_PAGE, Integer.parseInt(query.getOrDefault("maxResults", "1000")));
    String start =
        Optional.ofNullable(query.get("pageToken"))
            .map(token -> new String(Base64.getUrlDecoder().decode(token), UTF_8))
            .orElse(prefix);
    ObjectNode answer = Exchange.JSON.createObjectNode().put("kind", "storage#objects");
    ArrayNode items = answer.putArray("items");
    for (StoredBlobs.StoredBlob blob : blobs.from(start).values()) {
      if (!blob.name().startsWith(prefix)) {
        break;
      }
      if (items.size() == max) {
        answer.put(
            "nextPageToken", Base64.getUrlEncoder().encodeToString(blob.name().getBytes(UTF_8)));
        break;
      }
      items.add(blob.json(bucket));
    }
    request.answer(200, answer);
  }

  private void object(Exchange request, String name) throws IOException {
    switch (request.method()) {
      case "GET" -> get(request, name);
      case "DELETE" -> request.answer(delete(name), new byte[0]);
      default -> request.refuse(405, "invalid");
    }
  }

  /** The status of the answer. */
  public int delete(String name) {
    if (denied.contains("storage.objects.delete")) {
      return 403;
    }
    return blobs.delete(name) ? 204 : 404;
  }

  private void get(Exchange request, String name) throws IOException {
    Optional<StoredBlobs.StoredBlob> blob =
        blobs
            .find(name)
            .filter(
                found ->
                    Optional.ofNullable(request.query().get("generation"))
                        .map(generation -> Long.parseLong(generation) == found.generation())
                        .orElse(true));
    if (denied.contains("storage.objects.get")) {
      request.refuse(403, "forbidden");
    } else if (blob.isEmpty()) {
      request.refuse(404, "notFound");
    } else if ("media".equals(request.query().get("alt"))) {
      media(request, blob.get());
    } else {
      request.answer(200, blob.get().json(bucket));
    }
  }

  private static void media(Exchange request, StoredBlobs.StoredBlob blob) throws IOException {
    byte[] content = blob.content();
    request
        .with("Content-Type", blob.contentType())
        .with("x-goog-generation", Long.toString(blob.generation()))
        .with("x-goog-stored-content-length", Long.toString(content.length))
        .with("x-goog-stored-content-encoding", "identity")
        .with("x-goog-hash", "crc32c=" + StoredBlobs.crc32c(content));
    Matcher range = RANGE.matcher(request.header("Range").orElse(""));
    if (!range.matches()) {
      request.answer(200, content);
      return;
    }
    long start = Long.parseLong(range.group(1));
    if (start >= content.length) {
      request.answer(416, new byte[0]);
      return;
    }
    long last =
        range.group(2).isEmpty()
            ? content.length - 1
            : Math.min(content.length - 1, Long.parseLong(range.group(2)));
    request
        .with("Content-Range", "bytes " + start + "-" + last + "/" + content.length)
        .answer(206, Arrays.copyOfRange(content, (int) start, (int) last + 1));
  }
}
