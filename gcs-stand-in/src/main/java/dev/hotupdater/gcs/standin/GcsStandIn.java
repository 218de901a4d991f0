package dev.hotupdater.gcs.standin;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Google Cloud Storage as far as the storage uses it, with one bucket in memory: the JSON API for
 * those with an access token, and signed addresses for everybody, with their signatures checked.
 */
public final class GcsStandIn implements AutoCloseable {
  public static final String BUCKET = "my-app.firebasestorage.app";

  /** Answers a request in place of the server. */
  @FunctionalInterface
  public interface Fault {
    /** Whether it has answered. */
    boolean answers(Exchange request) throws IOException;
  }

  /** Making a key takes long. */
  private static final ServiceAccount ACCOUNT = ServiceAccount.create();

  private final StoredBlobs blobs = new StoredBlobs();
  private final TokenEndpoint tokens = new TokenEndpoint(ACCOUNT);
  private final JsonApi api = new JsonApi(BUCKET, blobs);
  private final BatchApi batch = new BatchApi(BUCKET, api, tokens);
  private final ResumableUploads uploads = new ResumableUploads(BUCKET, blobs);
  private final SignedRequests signedRequests =
      new SignedRequests(BUCKET, blobs, ACCOUNT, () -> this.clock);
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;
  private volatile Clock clock = Clock.systemUTC();
  private volatile Optional<Fault> fault = Optional.empty();

  private GcsStandIn(HttpServer server) {
    this.server = server;
  }

  public static GcsStandIn start() {
    // Without it, every small answer waits for the client to acknowledge its header.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    try {
      GcsStandIn gcs =
          new GcsStandIn(
              HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
      gcs.server.setExecutor(gcs.threads);
      gcs.server.createContext("/", exchange -> gcs.handle(new Exchange(exchange)));
      gcs.server.start();
      return gcs;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The key of the service account that it knows, as Google gives it. */
  public InputStream serviceAccountKey() {
    return ACCOUNT.jsonStream(tokenUri());
  }

  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  public URI tokenUri() {
    return endpoint().resolve("/token");
  }

  public ServiceAccount account() {
    return ACCOUNT;
  }

  public String token() {
    return tokens.token();
  }

  public StoredBlobs blobs() {
    return blobs;
  }

  public JsonApi api() {
    return api;
  }

  public BatchApi batch() {
    return batch;
  }

  public ResumableUploads uploads() {
    return uploads;
  }

  /** Sets the time by which addresses expire. */
  public void setClock(Clock clock) {
    this.clock = clock;
  }

  /** Lets this answer from now on. */
  public void breakWith(Fault fault) {
    this.fault = Optional.of(fault);
  }

  public void repair() {
    fault = Optional.empty();
  }

  /** Method and path of all requests so far. */
  public List<String> requests() {
    return List.copyOf(requests);
  }

  private void handle(Exchange request) throws IOException {
    String path = request.rawPath();
    requests.add(request.method() + " " + path);
    if (fault.isPresent() && fault.get().answers(request)) {
      return;
    }
    boolean isApi =
        path.startsWith("/storage/v1/")
            || path.startsWith("/download/storage/v1/")
            || path.startsWith("/upload/storage/v1/");
    if (path.equals("/token")) {
      tokens.handle(request);
    } else if (path.equals("/batch/storage/v1")) {
      batch.handle(request);
    } else if (!isApi) {
      signedRequests.handle(request);
    } else if (!tokens.admits(request)) {
      request.with("WWW-Authenticate", "Bearer realm=\"test\"").refuse(401, "authError");
    } else {
      handleApi(request, path);
    }
  }

  private void handleApi(Exchange request, String path) throws IOException {
    if (!path.startsWith("/upload")) {
      api.handle(request, path.substring(path.indexOf("/b/") + 3));
    } else if (request.query().containsKey("upload_id")) {
      uploads.proceed(request);
    } else if (!path.contains("/b/" + BUCKET + "/")) {
      request.refuse(404, "notFound");
    } else {
      uploads.start(request, endpoint().toString());
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
