package dev.hotupdater.mongo;

import static dev.hotupdater.mongo.Samples.bundle;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.mongodb.MongoCommandException;
import com.mongodb.MongoCredential;
import com.mongodb.MongoException;
import com.mongodb.MongoSecurityException;
import com.mongodb.MongoSocketReadException;
import com.mongodb.ServerAddress;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import dev.hotupdater.bundle.Bundle;
import dev.hotupdater.context.RequestContext;
import dev.hotupdater.database.BundleStore;
import dev.hotupdater.database.BundleWrite;
import dev.hotupdater.database.DatabaseException;
import dev.hotupdater.database.DatabaseUnavailableException;
import dev.hotupdater.mongo.WireProxy.Fate;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.bson.BsonDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Servers that are away, silent, or say no. */
class FailureTest {
  private static final String SECRET = "correct-horse";

  private static MongoBundleDatabase database(MongoClient client) {
    return MongoBundleDatabase.builder(client, "updates").timeout(Duration.ofMillis(300)).build();
  }

  private static MongoClient client(int port) {
    return MongoClients.create("mongodb://operator:" + SECRET + "@127.0.0.1:" + port + "/updates");
  }

  private static void assertNoSecret(Throwable e) {
    StringWriter text = new StringWriter();
    e.printStackTrace(new PrintWriter(text, true));
    assertFalse(text.toString().contains(SECRET), text.toString());
  }

  private static void assertUnavailable(MongoBundleDatabase database) {
    BundleStore bundles = database.bundles(RequestContext.none());
    List<Runnable> calls =
        List.of(
            database::check,
            bundles::snapshot,
            bundles::revision,
            bundles::fingerprint,
            bundles::channels,
            () -> bundles.commit(List.of(BundleWrite.put(bundle(1, "a")))));
    for (Runnable call : calls) {
      assertNoSecret(assertThrows(DatabaseUnavailableException.class, call::run));
    }
    assertFalse(database.toString().contains(SECRET));
  }

  @Test
  void serverThatIsAway_isUnavailable() throws IOException {
    int port;
    try (ServerSocket unused = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = unused.getLocalPort();
    }
    try (MongoClient client = client(port)) {
      assertUnavailable(database(client));
    }
  }

  @Test
  void serverThatSaysNothing_isUnavailable() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        MongoClient client = client(silent.getLocalPort())) {
      assertUnavailable(database(client));
    }
  }

  @Test
  void serverThatFallsSilentInACommit_isUnavailable() {
    try (TestServer server = TestServer.start()) {
      String name = server.emptied();
      AtomicBoolean silent = new AtomicBoolean(true);
      try (WireProxy proxy =
          WireProxy.start(
              server.address(),
              () -> {
                while (silent.get()) {
                  Thread.onSpinWait();
                }
                return Fate.IS_LOST;
              })) {
        BundleStore store =
            MongoBundleDatabase.builder(server.client(proxy.port()), name)
                .timeout(Duration.ofMillis(500))
                .build()
                .bundles(RequestContext.none());
        assertThrows(
            DatabaseUnavailableException.class,
            () -> store.commit(List.of(BundleWrite.put(bundle(1, "a")))));
        assertEquals(List.of(), store.snapshot().bundles());
      } finally {
        silent.set(false);
      }
    }
  }

  @Test
  void clientThatWasClosed_cannotBeUsed() {
    try (TestServer server = TestServer.start()) {
      MongoClient client = server.client();
      MongoBundleDatabase database = database(client);
      client.close();

      DatabaseException e = assertThrows(DatabaseException.class, database::check);

      assertTrue(String.valueOf(e.getMessage()).contains("closed"), e.getMessage());
    }
  }

  @Test
  void commitThatIsTooLarge_isRefusedWhole() {
    try (TestServer server = TestServer.start()) {
      BundleStore store =
          MongoBundleDatabase.create(server.client(), server.emptied())
              .bundles(RequestContext.none());
      List<BundleWrite> writes = new ArrayList<>();
      for (int number = 0; number < 1100; number++) {
        Bundle bundle =
            bundle(number, "日".repeat(5000)).toBuilder()
                .gitCommitHash(Optional.of("x".repeat(2000)))
                .build();
        writes.add(BundleWrite.put(bundle));
      }

      DatabaseException e = assertThrows(DatabaseException.class, () -> store.commit(writes));

      assertTrue(String.valueOf(e.getMessage()).contains("16 MB"), e.getMessage());
      assertEquals(List.of(), store.snapshot().bundles());
    }
  }

  @Test
  void credentialsThatAreRefused_areNotInTheException() {
    MongoCredential credential =
        MongoCredential.createCredential("operator", "admin", SECRET.toCharArray());

    DatabaseException e =
        Failure.exception(
            new MongoSecurityException(
                credential, "Exception authenticating " + credential, command(18)));

    assertTrue(String.valueOf(e.getMessage()).contains("refused the credentials"), e.getMessage());
    assertNoSecret(e);
  }

  private static MongoCommandException command(int code) {
    return new MongoCommandException(
        BsonDocument.parse("{ok: 0, errmsg: 'no', code: " + code + "}"), new ServerAddress());
  }

  @ParameterizedTest
  @CsvSource({
    "13, readWrite, false",
    "50, reached, true",
    "10107, reached, true",
    "91, reached, true",
    "59, MongoCommandException, false"
  })
  void codes_sayWhatToDo(int code, String text, boolean passing) {
    DatabaseException e = Failure.exception(command(code));

    assertTrue(String.valueOf(e.getMessage()).contains(text), e.getMessage());
    assertEquals(passing, e instanceof DatabaseUnavailableException);
  }

  @Test
  void brokenConnection_isUnavailable() {
    MongoException broken =
        new MongoSocketReadException("reset", new ServerAddress(), new IOException("reset"));

    assertInstanceOf(DatabaseUnavailableException.class, Failure.exception(broken));
  }
}
