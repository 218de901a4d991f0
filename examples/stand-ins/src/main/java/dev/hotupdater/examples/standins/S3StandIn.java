package dev.hotupdater.examples.standins;

import java.net.URI;
import java.util.Properties;
import org.gaul.s3proxy.BlobStores;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;

/** A server in memory that speaks S3 and checks signatures, with one bucket. */
public final class S3StandIn implements AutoCloseable {
  /** The name of the bucket. */
  public static final String BUCKET = "updates";

  /** The credentials that it knows. */
  public static final String ACCESS_KEY_ID = "stand-in";

  /** The secret of the credentials. */
  public static final String SECRET_ACCESS_KEY = "stand-in-secret";

  private final BlobStore store;
  private final S3Proxy proxy;

  private S3StandIn(BlobStore store, S3Proxy proxy) {
    this.store = store;
    this.proxy = proxy;
  }

  /** Starts it on a free port of the loopback address. */
  public static S3StandIn start() throws Exception {
    BlobStore store = BlobStores.create("transient-nio2", new Properties());
    store.createContainer(BUCKET);
    S3Proxy proxy =
        S3Proxy.builder()
            .endpoint(URI.create("http://127.0.0.1:0"))
            .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, ACCESS_KEY_ID, SECRET_ACCESS_KEY)
            .blobStore(store)
            .build();
    proxy.start();
    return new S3StandIn(store, proxy);
  }

  /** Where it is. */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + proxy.getPort());
  }

  @Override
  public void close() throws Exception {
    proxy.stop();
    store.close();
  }
}
