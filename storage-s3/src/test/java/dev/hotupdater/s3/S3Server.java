package dev.hotupdater.s3;

import java.net.URI;
import java.nio.file.Path;
import java.util.Properties;
import org.gaul.s3proxy.BlobStores;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;

/** A server in memory that speaks S3 and checks signatures, with one bucket. */
final class S3Server implements AutoCloseable {
  static final String BUCKET = "updates";
  static final String ACCESS_KEY = "AKIDTESTONLY";
  static final String SECRET = "secretOfTheTests/0123456789";

  private final BlobStore store;
  private final S3Proxy proxy;

  private S3Server(BlobStore store, S3Proxy proxy) {
    this.store = store;
    this.proxy = proxy;
  }

  static S3Server start() {
    return start(S3Proxy.builder().endpoint(URI.create("http://127.0.0.1:0")));
  }

  /** A server that is reached with TLS, and has the certificate of a key store. */
  static S3Server startSecure(Path keyStore, String password) {
    return start(
        S3Proxy.builder()
            .secureEndpoint(URI.create("https://127.0.0.1:0"))
            .keyStore(keyStore.toString(), password));
  }

  private static S3Server start(S3Proxy.Builder builder) {
    BlobStore store = BlobStores.create("transient-nio2", new Properties());
    store.createContainer(BUCKET);
    S3Proxy proxy =
        builder
            .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, ACCESS_KEY, SECRET)
            .blobStore(store)
            .build();
    try {
      proxy.start();
    } catch (Exception e) {
      throw new IllegalStateException("The server of the tests did not start", e);
    }
    return new S3Server(store, proxy);
  }

  URI endpoint() {
    return proxy.getSecurePort() > 0
        ? URI.create("https://127.0.0.1:" + proxy.getSecurePort())
        : URI.create("http://127.0.0.1:" + proxy.getPort());
  }

  /** What is behind the server. */
  BlobStore store() {
    return store;
  }

  /** A builder for a storage in the bucket. */
  S3Storage.Builder storage() {
    return S3Storage.builder().bucket(BUCKET).endpoint(endpoint()).credentials(ACCESS_KEY, SECRET);
  }

  @Override
  public void close() {
    try {
      proxy.stop();
    } catch (Exception e) {
      throw new IllegalStateException("The server of the tests did not stop", e);
    } finally {
      store.close();
    }
  }
}
