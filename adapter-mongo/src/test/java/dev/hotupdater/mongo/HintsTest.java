package dev.hotupdater.mongo;

import static dev.hotupdater.mongo.Samples.bundle;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.mongodb.MongoSocketReadException;
import com.mongodb.ServerAddress;
import com.mongodb.client.MongoClient;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import dev.hotupdater.context.RequestContext;
import dev.hotupdater.database.BundleStore;
import dev.hotupdater.database.BundleWrite;
import dev.hotupdater.database.Database;
import dev.hotupdater.database.HintSubscription;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.bson.BsonDocument;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hints from change streams. */
class HintsTest {
  private static void await(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, "nothing came");
      Thread.sleep(20);
    }
  }

  private static boolean isWatching() {
    return Thread.getAllStackTraces().keySet().stream()
        .anyMatch(thread -> thread.getName().equals("hotupdater-mongo-hints"));
  }

  /** The server of the tests has streams of one collection, but none of a database. */
  private static ChangeWatch watch(MongoClient client, String name) {
    return new ChangeWatch(
        () -> client.getDatabase(name).getCollection("bundles").watch(BsonDocument.class));
  }

  @Test
  void changes_ofAnybody_giveHints() throws Exception {
    try (TestServer server = TestServer.withChangeStreams()) {
      String name = server.emptied();
      BundleStore store =
          MongoBundleDatabase.create(server.client(), name).bundles(RequestContext.none());
      AtomicInteger hints = new AtomicInteger();
      try (HintSubscription subscription =
          watch(server.client(), name).subscribe(hints::incrementAndGet)) {
        await(() -> hints.get() > 0);
        int first = hints.get();

        store.commit(List.of(BundleWrite.put(bundle(1, "a"))));
        await(() -> hints.get() > first);
        Thread.sleep(1500);
        int second = hints.get();

        server
            .database(name)
            .getCollection("bundles")
            .updateOne(Filters.exists("id"), Updates.set("message", "by hand"));
        await(() -> hints.get() > second);
        assertTrue(isWatching(), String.valueOf(subscription));
      }
      await(() -> !isWatching());
      int last = hints.get();
      store.commit(List.of(BundleWrite.put(bundle(2, "b"))));
      assertEquals(last, hints.get());
    }
  }

  @Test
  void standaloneServer_givesNoneAndKeepsNoThread() throws Exception {
    try (TestServer server = TestServer.start()) {
      Database database = MongoBundleDatabase.create(server.client(), server.emptied());
      AtomicInteger hints = new AtomicInteger();
      try (HintSubscription subscription = database.onChange(hints::incrementAndGet)) {
        await(() -> !isWatching());
        assertEquals(0, hints.get(), String.valueOf(subscription));
      }
    }
  }

  @Test
  void streamThatCannotBeOpened_isTriedAgain() throws Exception {
    try (TestServer server = TestServer.withChangeStreams()) {
      String name = server.emptied();
      MongoClient client = server.client();
      AtomicInteger attempts = new AtomicInteger();
      AtomicInteger hints = new AtomicInteger();
      ChangeWatch watch =
          new ChangeWatch(
              () -> {
                if (attempts.incrementAndGet() < 4) {
                  throw new MongoSocketReadException(
                      "reset", new ServerAddress(), new IOException("reset"));
                }
                return client.getDatabase(name).getCollection("bundles").watch(BsonDocument.class);
              });
      try (HintSubscription subscription = watch.subscribe(hints::incrementAndGet)) {
        await(() -> hints.get() > 0);

        assertEquals(4, attempts.get(), String.valueOf(subscription));
      }
    }
  }

  @Test
  void streamThatTheServerEnds_isOpenedAgain() throws Exception {
    assertOpenedAgainAfter(StreamingBackend::endStream);
  }

  @ParameterizedTest
  @ValueSource(ints = {280, 286})
  void streamThatCannotBeResumed_isOpenedAgain(int code) throws Exception {
    assertOpenedAgainAfter(backend -> backend.failStream(code));
  }

  private static void assertOpenedAgainAfter(Consumer<StreamingBackend> end) throws Exception {
    StreamingBackend backend = new StreamingBackend();
    try (TestServer server = TestServer.withChangeStreams(backend)) {
      String name = server.emptied();
      MongoClient client = server.client();
      AtomicInteger opened = new AtomicInteger();
      AtomicInteger hints = new AtomicInteger();
      ChangeWatch watch =
          new ChangeWatch(
              () -> {
                opened.incrementAndGet();
                return client.getDatabase(name).getCollection("bundles").watch(BsonDocument.class);
              });
      try (HintSubscription subscription = watch.subscribe(hints::incrementAndGet)) {
        await(() -> hints.get() == 1);

        end.accept(backend);

        await(() -> hints.get() == 2);
        assertEquals(2, opened.get(), String.valueOf(subscription));
        client.getDatabase(name).getCollection("bundles").insertOne(new Document("id", "a"));
        await(() -> hints.get() == 3);
      }
    }
  }

  @Test
  void shortTimeout_leavesTimeForTheStream() throws Exception {
    try (TestServer server = TestServer.start()) {
      Database database =
          MongoBundleDatabase.builder(server.client(), server.emptied())
              .timeout(Duration.ofMillis(400))
              .build();
      try (HintSubscription subscription = database.onChange(() -> {})) {
        // A server without streams has said so; a stream that the driver refuses is tried for ever.
        await(() -> !isWatching());
        assertNotNull(subscription);
      }
    }
  }
}
