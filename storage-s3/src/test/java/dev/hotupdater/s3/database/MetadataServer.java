package dev.hotupdater.s3.database;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.gaul.s3proxy.BlobStores;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.model.StorageClass;

/** A server in memory that speaks S3, and buckets in it. */
final class MetadataServer implements AutoCloseable {
  private static final String ACCESS_KEY = "AKIDTESTONLY";
  static final String SECRET = "secretOfTheTests/0123456789";

  private final BlobStore store;
  private final S3Proxy proxy;
  private final Lock writing = new ReentrantLock();

  /** Other software that uses the same buckets. */
  private final S3Client other;

  private final List<S3Client> clients = new ArrayList<>();

  private MetadataServer(BlobStore store, S3Proxy proxy) {
    this.store = store;
    this.proxy = proxy;
    other = clientOf(endpoint()).build();
  }

  static MetadataServer start() throws Exception {
    BlobStore store = BlobStores.create("transient-nio2", new Properties());
    S3Proxy proxy =
        S3Proxy.builder()
            .endpoint(URI.create("http://127.0.0.1:0"))
            .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, ACCESS_KEY, SECRET)
            .blobStore(store)
            .build();
    proxy.start();
    return new MetadataServer(store, proxy);
  }

  /** A new, empty bucket. */
  MetadataTestBucket bucket() {
    String name = "bucket-" + UUID.randomUUID();
    store.createContainer(name);
    return new MetadataTestBucket(this, name);
  }

  S3Client client(ExecutionInterceptor... interceptors) {
    S3Client client =
        clientOf(endpoint())
            .httpClient(new OneWriteAtATime(UrlConnectionHttpClient.create(), writing))
            .overrideConfiguration(o -> List.of(interceptors).forEach(o::addExecutionInterceptor))
            .build();
    synchronized (clients) {
      clients.add(client);
    }
    return client;
  }

  private URI endpoint() {
    return URI.create("http://127.0.0.1:" + proxy.getPort());
  }

  static S3ClientBuilder clientOf(URI endpoint) {
    return S3Client.builder()
        .endpointOverride(endpoint)
        .forcePathStyle(true)
        .region(Region.US_EAST_1)
        // The server of the tests answers before it has read the end of a body in signed chunks.
        .serviceConfiguration(s3 -> s3.chunkedEncodingEnabled(false))
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create(ACCESS_KEY, SECRET)))
        .httpClient(UrlConnectionHttpClient.create());
  }

  @Override
  public void close() throws Exception {
    synchronized (clients) {
      clients.forEach(S3Client::close);
    }
    other.close();
    proxy.stop();
    store.close();
  }

  /**
   * A bucket.
   *
   * @param server where it is
   * @param name its name
   */
  record MetadataTestBucket(MetadataServer server, String name) {
    /** As it is when this much time has passed, by the clocks of the server and of the store. */
    S3Database.Builder later(Duration time, ExecutionInterceptor... interceptors) {
      List<ExecutionInterceptor> all = new ArrayList<>(List.of(interceptors));
      all.add(new LaterStore(time));
      return builder(all.toArray(new ExecutionInterceptor[0]))
          .clock(Clock.offset(Clock.systemUTC(), time));
    }

    S3Database.Builder builder(ExecutionInterceptor... interceptors) {
      return S3Database.builder(server.client(interceptors), name);
    }

    S3Database database(ExecutionInterceptor... interceptors) {
      return builder(interceptors).build();
    }

    /** Writes an object as other software does. */
    void write(String key, String content) {
      server.other.putObject(r -> r.bucket(name).key(key), RequestBody.fromString(content));
    }

    /** Writes an empty array without a request. */
    void writeDirectly(String key, StorageClass storageClass) {
      byte[] content = "[]".getBytes(StandardCharsets.UTF_8);
      server.store.putBlob(
          PutObjectRequest.builder()
              .bucket(name)
              .key(key)
              .storageClass(storageClass)
              .contentLength((long) content.length)
              .build(),
          new ByteArrayInputStream(content));
    }

    void delete(String key) {
      server.other.deleteObject(r -> r.bucket(name).key(key));
    }

    String read(String key) {
      return server
          .other
          .getObjectAsBytes(r -> r.bucket(name).key(key))
          .asString(StandardCharsets.UTF_8);
    }

    List<String> keys() {
      return server.other.listObjectsV2Paginator(r -> r.bucket(name)).contents().stream()
          .map(S3Object::key)
          .toList();
    }
  }
}
