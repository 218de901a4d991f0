package dev.hotupdater.s3;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotupdater.context.RequestContext;
import dev.hotupdater.storage.ByteRange;
import dev.hotupdater.storage.ObjectKey;
import dev.hotupdater.storage.ObjectSummary;
import dev.hotupdater.storage.StorageUnavailableException;
import dev.hotupdater.storage.StorageUri;
import dev.hotupdater.storage.StoredObject;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With TLS, requests are signed differently: the body is left to TLS. */
class TlsTest {
  private static final RequestContext NONE = RequestContext.none();
  private static final String PASSWORD = "changeit";
  private static final List<String> TRUST =
      List.of("javax.net.ssl.trustStore", "javax.net.ssl.trustStorePassword");

  @TempDir Path directory;
  private S3Server server;

  @BeforeEach
  void start() throws Exception {
    Path keyStore = directory.resolve("server.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-alias",
                "server",
                "-dname",
                "CN=127.0.0.1",
                "-ext",
                "san=ip:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-keystore",
                keyStore.toString(),
                "-storepass",
                PASSWORD)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("keytool.log").toFile())
            .start();
    assertTrue(keytool.waitFor(60, TimeUnit.SECONDS));
    assertEquals(0, keytool.exitValue(), Files.readString(directory.resolve("keytool.log")));
    server = S3Server.startSecure(keyStore, PASSWORD);
  }

  @AfterEach
  void stop() {
    TRUST.forEach(System::clearProperty);
    server.close();
  }

  private void trustTheServer() {
    System.setProperty(TRUST.get(0), directory.resolve("server.p12").toString());
    System.setProperty(TRUST.get(1), PASSWORD);
  }

  @Test
  void storage_overTls_writesReadsListsSignsAndDeletes() throws Exception {
    trustTheServer();
    byte[] content = new byte[(5 << 20) + 1];
    new Random(1).nextBytes(content);
    try (S3Storage storage = server.storage().partSize(5 << 20).build()) {
      StorageUri small = write(storage, "small é.zip", new byte[] {1, 2, 3});
      StorageUri large = write(storage, "large.zip", content);

      assertArrayEquals(content, read(storage, large, ByteRange.ALL));
      assertArrayEquals(new byte[] {2}, read(storage, small, new ByteRange(1, 1)));
      try (Stream<ObjectSummary> objects = storage.list("", NONE)) {
        assertEquals(2, objects.count());
      }
      HttpResponse<byte[]> download =
          clientThatTrustsTheServer()
              .send(
                  HttpRequest.newBuilder(URI.create(storage.downloadAddress(large, NONE).url()))
                      .build(),
                  HttpResponse.BodyHandlers.ofByteArray());
      assertArrayEquals(content, download.body());
      storage.deleteAll(List.of(small, large), NONE);
      try (Stream<ObjectSummary> objects = storage.list("", NONE)) {
        assertEquals(0, objects.count());
      }
    }
  }

  /** The one that the JVM has by default may have been made before. */
  private static HttpClient clientThatTrustsTheServer() throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, null, null);
    return HttpClient.newBuilder().sslContext(context).build();
  }

  @Test
  void storage_withACertificateThatNobodyVouchesFor_isNotTalkedTo() {
    try (S3Storage storage = server.storage().build()) {
      StorageUnavailableException failure =
          assertThrows(StorageUnavailableException.class, storage::check);

      assertTrue(String.valueOf(failure.getMessage()).contains("(ssl"), failure::getMessage);
    }
  }

  private static StorageUri write(S3Storage storage, String key, byte[] content) {
    return storage.write(
        ObjectKey.of(key), new ByteArrayInputStream(content), content.length, "a/b", NONE);
  }

  private static byte[] read(S3Storage storage, StorageUri uri, ByteRange range) throws Exception {
    try (StoredObject object = storage.open(uri, range, NONE)) {
      return object.content().readAllBytes();
    }
  }
}
