package dev.hotupdater.supabase;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A server on this machine that follows the HTTP API of Supabase Storage as it is documented: keys,
 * rules for object keys, signed tokens, listing of one level of a folder, and its errors. It has
 * one bucket.
 */
final class SupabaseServer implements AutoCloseable {
  /** What a test lets happen in place of an answer. */
  interface Fault {
    void happen(HttpExchange exchange) throws IOException;
  }

  private record Planned(String method, String path, Fault fault) {
    boolean isFor(HttpExchange exchange) {
      return exchange.getRequestMethod().equals(method)
          && exchange.getRequestURI().getRawPath().startsWith("/storage/v1" + path);
    }
  }

  static final String KEY = "sb_secret_of-this-test-0123456789";
  static final String BUCKET = "updates";

  private static final String ROOT = "/storage/v1/";
  private static final int MAX_JSON_BYTES = 1024 * 1024;
  private static final int MAX_OBJECTS_PER_REQUEST = 1000;
  private static final Pattern OBJECT_KEY =
      Pattern.compile("(\\w|/|!|-|\\.|\\*|'|\\(|\\)| |&|\\$|@|=|;|:|\\+|,|\\?)+");
  private static final Pattern RANGE = Pattern.compile("bytes=([0-9]+)-([0-9]*)");

  static {
    // Without it every second small answer waits for 40 ms.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final HttpServer http;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, StoredFileEntry> objects = new ConcurrentSkipListMap<>();
  private final ConcurrentLinkedDeque<Planned> faults = new ConcurrentLinkedDeque<>();
  private final ConcurrentLinkedDeque<String> calls = new ConcurrentLinkedDeque<>();
  private final Tokens tokens = new Tokens("secret of the loopback server " + UUID.randomUUID());
  private final boolean isPublic;
  private final boolean hasCodes;
  volatile int mostListed = 1500;
  volatile long fileSizeLimit = 50_000_000;
  volatile String refusedType = "none/none";
  volatile boolean ignoresRanges;
  volatile Duration clockOffset = Duration.ZERO;

  private SupabaseServer(boolean isPublic, boolean hasCodes) throws IOException {
    this.isPublic = isPublic;
    this.hasCodes = hasCodes;
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.setExecutor(threads);
    http.createContext("/", this::handle);
    http.start();
  }

  /** A server with a private bucket, whose errors have codes. */
  static SupabaseServer start() throws IOException {
    return new SupabaseServer(false, true);
  }

  /** A server of an older version with a public bucket, whose errors have no codes. */
  static SupabaseServer startOldWithPublicBucket() throws IOException {
    return new SupabaseServer(true, false);
  }

  URI url() {
    return URI.create(
        "http://" + http.getAddress().getHostString() + ":" + http.getAddress().getPort());
  }

  /** A builder for a storage in the server's bucket. */
  SupabaseStorage.Builder storage() {
    return SupabaseStorage.builder().projectUrl(url()).bucket(BUCKET).serviceRoleKey(KEY);
  }

  /** Lets something else happen to the next request of this method below this path. */
  void plan(String method, String path, Fault fault) {
    faults.add(new Planned(method, path, fault));
  }

  /** What was called: method and path, in order. */
  List<String> calls() {
    return List.copyOf(calls);
  }

  void forgetCalls() {
    calls.clear();
  }

  Optional<StoredFileEntry> object(String key) {
    return Optional.ofNullable(objects.get(key));
  }

  /** Puts an object into the bucket past every rule. */
  void put(String key, byte[] content) {
    objects.put(
        key, new StoredFileEntry(UUID.randomUUID(), content, "a/b", "no-cache", Instant.now()));
  }

  /** An answer of the server or of what is in front of it. */
  static Fault answer(int status, String contentType, String body, String... headers) {
    return exchange -> {
      exchange.getRequestBody().readAllBytes();
      for (int i = 0; i < headers.length; i += 2) {
        exchange.getResponseHeaders().set(headers[i], headers[i + 1]);
      }
      send(exchange, status, contentType, body.getBytes(UTF_8));
    };
  }

  private void handle(HttpExchange exchange) throws IOException {
    calls.add(exchange.getRequestMethod() + ' ' + exchange.getRequestURI().getRawPath());
    try (exchange) {
      Optional<Planned> planned = faults.stream().filter(f -> f.isFor(exchange)).findFirst();
      if (planned.isPresent() && faults.remove(planned.get())) {
        planned.get().fault().happen(exchange);
        return;
      }
      try {
        route(exchange);
      } catch (ApiError e) {
        exchange.getRequestBody().readAllBytes();
        send(exchange, e.wireStatus(), "application/json", e.json(hasCodes).getBytes(UTF_8));
      }
    }
  }

  private void route(HttpExchange exchange) throws IOException, ApiError {
    String path = exchange.getRequestURI().getRawPath();
    String below = path.startsWith(ROOT) ? path.substring(ROOT.length()) : "";
    String call = exchange.getRequestMethod() + ' ' + below;
    Matcher signed = Pattern.compile("GET object/sign/([^/]+)/(.+)").matcher(call);
    Matcher open = Pattern.compile("GET object/public/([^/]+)/(.+)").matcher(call);
    if (signed.matches()) {
      checkToken(exchange, decode(signed.group(1)), decode(signed.group(2)));
      download(exchange, decode(signed.group(1)), decode(signed.group(2)));
      return;
    }
    if (open.matches()) {
      if (!isPublic) {
        throw ApiError.noSuchBucket();
      }
      download(exchange, decode(open.group(1)), decode(open.group(2)));
      return;
    }
    checkKey(exchange);
    Matcher matcher = Pattern.compile("GET object/authenticated/([^/]+)/(.+)").matcher(call);
    if (matcher.matches()) {
      download(exchange, decode(matcher.group(1)), decode(matcher.group(2)));
    } else if ((matcher = Pattern.compile("POST object/sign/([^/]+)").matcher(call)).matches()) {
      sign(exchange, decode(matcher.group(1)));
    } else if ((matcher = Pattern.compile("POST object/list/([^/]+)").matcher(call)).matches()) {
      list(exchange, decode(matcher.group(1)));
    } else if ((matcher = Pattern.compile("DELETE object/([^/]+)").matcher(call)).matches()) {
      delete(exchange, decode(matcher.group(1)));
    } else if ((matcher = Pattern.compile("POST object/([^/]+)/(.+)").matcher(call)).matches()) {
      upload(exchange, decode(matcher.group(1)), decode(matcher.group(2)));
    } else if ((matcher = Pattern.compile("GET bucket/([^/]+)").matcher(call)).matches()) {
      bucket(exchange, decode(matcher.group(1)));
    } else {
      String text =
          "{\"message\":\"Route "
              + call
              + " not found\",\"error\":\"Not Found\",\"statusCode\":404}";
      send(exchange, 404, "application/json", text.getBytes(UTF_8));
    }
  }

  private static void checkKey(HttpExchange exchange) throws ApiError {
    String authorization = exchange.getRequestHeaders().getFirst("Authorization");
    String apiKey = exchange.getRequestHeaders().getFirst("apikey");
    if (!("Bearer " + KEY).equals(authorization) || !KEY.equals(apiKey)) {
      throw ApiError.denied();
    }
  }

  private void checkToken(HttpExchange exchange, String bucket, String key) throws ApiError {
    String query = Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse("");
    if (!query.startsWith("token=")) {
      throw ApiError.invalidRequest("querystring must have required property 'token'");
    }
    JsonNode payload =
        tokens.verify(query.substring("token=".length())).orElseThrow(ApiError::invalidToken);
    if (payload.path("exp").asLong() <= now().getEpochSecond()) {
      throw ApiError.invalidToken();
    }
    if (!payload.path("url").asText().equals(bucket + '/' + key)) {
      throw ApiError.invalidSignature();
    }
  }

  private Instant now() {
    return Instant.now().plus(clockOffset);
  }

  private StoredFileEntry find(String bucket, String key) throws ApiError {
    checkBucket(bucket);
    checkObjectKey(key);
    return object(key).orElseThrow(ApiError::noSuchKey);
  }

  private static void checkBucket(String bucket) throws ApiError {
    if (!bucket.equals(BUCKET)) {
      throw ApiError.noSuchBucket();
    }
  }

  private static void checkObjectKey(String key) throws ApiError {
    if (!OBJECT_KEY.matcher(key).matches()) {
      throw ApiError.invalidKey(key);
    }
  }

  private void download(HttpExchange exchange, String bucket, String key)
      throws IOException, ApiError {
    StoredFileEntry found = find(bucket, key);
    byte[] content = found.content();
    exchange.getResponseHeaders().set("Cache-Control", found.cacheControl());
    int status = 200;
    int start = 0;
    int end = content.length;
    String header = exchange.getRequestHeaders().getFirst("Range");
    if (header != null && !ignoresRanges) {
      Matcher range = RANGE.matcher(header);
      if (!range.matches() || Long.parseLong(range.group(1)) >= content.length) {
        throw ApiError.invalidRange();
      }
      status = 206;
      start = Integer.parseInt(range.group(1));
      if (!range.group(2).isEmpty()) {
        end = (int) Math.min(content.length, Long.parseLong(range.group(2)) + 1);
      }
      exchange
          .getResponseHeaders()
          .set("Content-Range", "bytes " + start + '-' + (end - 1) + '/' + content.length);
    }
    byte[] part = Arrays.copyOfRange(content, start, end);
    send(exchange, status, found.contentType(), part);
  }

  private void upload(HttpExchange exchange, String bucket, String key)
      throws IOException, ApiError {
    checkBucket(bucket);
    checkObjectKey(key);
    String length = exchange.getRequestHeaders().getFirst("Content-Length");
    if (length == null) {
      throw ApiError.noContentLength();
    }
    String type = header(exchange, "Content-Type", "application/octet-stream");
    if (Long.parseLong(length) > fileSizeLimit) {
      throw ApiError.tooLarge();
    }
    if (type.equals(refusedType)) {
      throw ApiError.mediaType(type);
    }
    boolean isUpsert = header(exchange, "x-upsert", "false").equals("true");
    if (!isUpsert && objects.containsKey(key)) {
      throw ApiError.duplicate();
    }
    byte[] content = exchange.getRequestBody().readAllBytes();
    if (content.length != Long.parseLong(length)) {
      // The client went away: nothing is kept, and there is nobody to tell.
      return;
    }
    UUID id = UUID.randomUUID();
    String cacheControl = header(exchange, "Cache-Control", "no-cache");
    objects.put(key, new StoredFileEntry(id, content, type, cacheControl, now()));
    sendJson(
        exchange,
        Json.MAPPER.createObjectNode().put("Key", bucket + '/' + key).put("Id", id.toString()));
  }

  private static String header(HttpExchange exchange, String name, String otherwise) {
    return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name)).orElse(otherwise);
  }

  private void sign(HttpExchange exchange, String bucket) throws IOException, ApiError {
    JsonNode body = json(exchange);
    JsonNode expiresIn = body.path("expiresIn");
    if (!expiresIn.isIntegralNumber() || expiresIn.asLong() < 1) {
      throw ApiError.invalidRequest("body/expiresIn must be integer");
    }
    ArrayNode answer = Json.MAPPER.createArrayNode();
    for (String path : texts(body, "paths")) {
      ObjectNode entry = answer.addObject().put("path", path);
      if (bucket.equals(BUCKET) && objects.containsKey(path)) {
        String url = bucket + '/' + path;
        String token = tokens.sign(url, now(), expiresIn.asLong());
        entry.putNull("error").put("signedURL", "/object/sign/" + url + "?token=" + token);
      } else {
        entry
            .put("error", "Either the object does not exist or you do not have access to it")
            .putNull("signedURL");
      }
    }
    sendJson(exchange, answer);
  }

  private void delete(HttpExchange exchange, String bucket) throws IOException, ApiError {
    List<String> keys = texts(json(exchange), "prefixes");
    if (keys.size() > MAX_OBJECTS_PER_REQUEST) {
      throw ApiError.invalidRequest("At most 1000 objects can be deleted per request.");
    }
    ArrayNode answer = Json.MAPPER.createArrayNode();
    for (String key : keys) {
      if (bucket.equals(BUCKET) && objects.remove(key) != null) {
        answer.addObject().put("name", key).put("bucket_id", bucket);
      }
    }
    sendJson(exchange, answer);
  }

  /** One level of a folder; letter case is not regarded, as the database of the real one does. */
  private void list(HttpExchange exchange, String bucket) throws IOException, ApiError {
    JsonNode body = json(exchange);
    if (!body.path("prefix").isTextual() || body.path("limit").asInt(100) < 1) {
      throw ApiError.invalidRequest("body must have required property 'prefix'");
    }
    String given = body.path("prefix").asText();
    String folder = given.isEmpty() || given.endsWith("/") ? given : given + '/';
    Map<String, Optional<StoredFileEntry>> entries = new TreeMap<>();
    if (bucket.equals(BUCKET)) {
      objects.forEach((key, object) -> addEntry(entries, folder, key, object));
    }
    ArrayNode answer = Json.MAPPER.createArrayNode();
    entries.entrySet().stream()
        .skip(body.path("offset").asLong(0))
        .limit(Math.min(body.path("limit").asInt(100), mostListed))
        .forEach(entry -> answer.add(describe(entry.getKey(), entry.getValue())));
    sendJson(exchange, answer);
  }

  private static void addEntry(
      Map<String, Optional<StoredFileEntry>> entries,
      String folder,
      String key,
      StoredFileEntry object) {
    if (key.toLowerCase(Locale.ROOT).startsWith(folder.toLowerCase(Locale.ROOT))) {
      String rest = key.substring(folder.length());
      int slash = rest.indexOf('/');
      if (slash < 0) {
        entries.put(rest, Optional.of(object));
      } else {
        // A folder may have the name of an object; then there are two entries.
        entries.put(rest.substring(0, slash) + '/', Optional.empty());
      }
    }
  }

  private static ObjectNode describe(String name, Optional<StoredFileEntry> object) {
    ObjectNode entry = Json.MAPPER.createObjectNode();
    if (object.isEmpty()) {
      entry.put("name", name.substring(0, name.length() - 1));
      for (String field :
          List.of("id", "updated_at", "created_at", "last_accessed_at", "metadata")) {
        entry.putNull(field);
      }
      return entry;
    }
    StoredFileEntry found = object.get();
    entry
        .put("name", name)
        .put("id", found.id().toString())
        .put("updated_at", found.updatedAt().toString())
        .put("created_at", found.updatedAt().toString());
    entry
        .putObject("metadata")
        .put("size", found.content().length)
        .put("mimetype", found.contentType())
        .put("cacheControl", found.cacheControl());
    return entry;
  }

  private void bucket(HttpExchange exchange, String bucket) throws IOException, ApiError {
    checkBucket(bucket);
    sendJson(
        exchange,
        Json.MAPPER
            .createObjectNode()
            .put("id", bucket)
            .put("name", bucket)
            .put("public", isPublic));
  }

  private static JsonNode json(HttpExchange exchange) throws IOException, ApiError {
    if (!header(exchange, "Content-Type", "").startsWith("application/json")) {
      throw ApiError.mediaType("of the body");
    }
    try (InputStream body = exchange.getRequestBody()) {
      byte[] bytes = body.readNBytes(MAX_JSON_BYTES + 1);
      if (bytes.length > MAX_JSON_BYTES) {
        throw ApiError.tooLarge();
      }
      return Json.MAPPER.readTree(bytes);
    }
  }

  private static List<String> texts(JsonNode body, String field) throws ApiError {
    List<String> texts = new ArrayList<>();
    body.path(field).forEach(text -> texts.add(text.asText()));
    if (texts.isEmpty()) {
      throw ApiError.invalidRequest("body/" + field + " must NOT have fewer than 1 items");
    }
    return texts;
  }

  private static String decode(@Nullable String encoded) {
    return URLDecoder.decode(String.valueOf(encoded).replace("+", "%2B"), UTF_8);
  }

  private static void sendJson(HttpExchange exchange, JsonNode json) throws IOException {
    send(exchange, 200, "application/json", Json.write(json));
  }

  private static void send(HttpExchange exchange, int status, String contentType, byte[] body)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", contentType);
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }

  @Override
  public void close() {
    http.stop(0);
    threads.shutdownNow();
  }
}
