package dev.hotupdater.mongo;

import static dev.hotupdater.mongo.Samples.bundle;
import static dev.hotupdater.mongo.Samples.byId;
import static dev.hotupdater.mongo.Samples.id;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.mongodb.client.model.Filters;
import dev.hotupdater.context.RequestContext;
import dev.hotupdater.database.BundleStore;
import dev.hotupdater.database.BundleWrite;
import dev.hotupdater.database.DatabaseException;
import java.util.List;
import java.util.Optional;
import org.bson.BsonDocument;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Commits that are transactions. */
class TransactionTest {
  private static final String TRANSIENT = "TransientTransactionError";

  private final TransactionalBackend backend = new TransactionalBackend();
  private final TestServer server = TestServer.of(backend);
  private final String name = server.emptied();

  @AfterEach
  void stop() {
    server.close();
  }

  private BundleStore store() {
    return MongoBundleDatabase.create(server.client(), name).bundles(RequestContext.none());
  }

  @Test
  void commit_isOneTransaction() {
    store().commit(List.of(BundleWrite.put(bundle(1, "a")), BundleWrite.put(bundle(2, "a", 1))));

    assertEquals(1, backend.commits.get());
    assertEquals(
        byId(List.of(bundle(1, "a"), bundle(2, "a", 1))), byId(store().snapshot().bundles()));
  }

  @Test
  void commit_thatCollidesAtAnyCommand_isRepeated() {
    for (String command : List.of("update", "find", "insert", "update")) {
      backend.failNext(command, 112, TRANSIENT);
    }
    store().commit(List.of(BundleWrite.put(bundle(1, "a")), BundleWrite.put(bundle(2, "a", 1))));

    assertEquals(2, store().snapshot().bundles().size());
    assertEquals(1, backend.commits.get());
  }

  @Test
  void commit_whoseAnswerIsLost_isDoneOnce() {
    backend.failNext("commitTransaction", 91, "UnknownTransactionCommitResult");

    store().commit(List.of(BundleWrite.put(bundle(1, "a"))));

    assertEquals(1, backend.commits.get());
    assertEquals(List.of(bundle(1, "a")), store().snapshot().bundles());
  }

  @Test
  void commit_thatFails_leavesNothing() {
    store().commit(List.of(BundleWrite.put(bundle(1, "a"))));
    var before = store().snapshot();
    backend.failNext("insert", 8000, "NoLabel");

    assertThrows(
        DatabaseException.class,
        () -> store().commit(List.of(BundleWrite.delete(id(1)), BundleWrite.put(bundle(2, "b")))));

    assertEquals(before, store().snapshot());
    store().commit(List.of(BundleWrite.put(bundle(3, "c"))));
    assertEquals(2, store().snapshot().bundles().size());
  }

  @Test
  void commitThatAStandaloneServerLeftBehind_isReadAndCompleted() {
    BundleStore store = store();
    store.commit(List.of(BundleWrite.put(bundle(1, "a"))));
    Head head = Access.of(server.database(name)).head();
    CommitDraft draft =
        CommitDraft.of(
            List.of(BundleWrite.put(bundle(1, "b")), BundleWrite.put(bundle(2, "b", 1))),
            Head.nextRevision(),
            new BundleReader(Access.of(server.database(name)), new UnreadableDocuments()));
    Head left = head.after(Head.nextRevision(), draft.touched(), draft.writes());
    Access.of(server.database(name))
        .update(Table.SETTINGS, Access.HEAD, new BsonDocument("$set", left.fields()));

    assertEquals(
        byId(List.of(bundle(1, "b"), bundle(2, "b", 1))), byId(store.snapshot().bundles()));
    assertEquals(1, server.database(name).getCollection("bundles").countDocuments());

    store.commit(List.of(BundleWrite.put(bundle(3, "c"))));

    assertEquals(
        byId(List.of(bundle(1, "b"), bundle(2, "b", 1), bundle(3, "c"))),
        byId(store.snapshot().bundles()));
    assertEquals(3, server.database(name).getCollection("bundles").countDocuments());
    assertEquals(
        0,
        server
            .database(name)
            .getCollection(Table.SETTINGS.collection())
            .countDocuments(Filters.exists("pending")));
    assertEquals(Optional.of("b"), store.find(id(2)).orElseThrow().message());
    assertTrue(backend.commits.get() >= 2);
  }

  @Test
  void commitThatAStandaloneServerHasDoneInPart_isCompleted() {
    for (int done = 0; done <= 3; done++) {
      String database = server.emptied();
      BundleStore store =
          MongoBundleDatabase.create(server.client(), database).bundles(RequestContext.none());
      store.commit(List.of(BundleWrite.put(bundle(1, "a"))));
      Access access = Access.of(server.database(database));
      PendingCommit left =
          Pending.decide(
              access, List.of(BundleWrite.put(bundle(1, "b")), BundleWrite.put(bundle(2, "b", 1))));
      assertEquals(3, left.writes().size());
      for (DocumentWrite write : left.writes().subList(0, done)) {
        access.write(write.table(), List.of(WriteModels.repeatable(write, left.tag())));
      }

      store.commit(List.of(BundleWrite.put(bundle(3, "c"))));

      assertCompleted(store, database);
    }
  }

  @Test
  void commitThatAStandaloneServerHasConfirmed_isCompleted() {
    BundleStore store = store();
    store.commit(List.of(BundleWrite.put(bundle(1, "a"))));
    Access access = Access.of(server.database(name));
    PendingCommit left =
        Pending.decide(
            access, List.of(BundleWrite.put(bundle(1, "b")), BundleWrite.put(bundle(2, "b", 1))));
    new PendingWriter(access).finish(left);
    access.update(
        Table.SETTINGS,
        Access.HEAD,
        new BsonDocument("$set", new BsonDocument("pending", left.toBson())));

    store.commit(List.of(BundleWrite.put(bundle(3, "c"))));

    assertCompleted(store, name);
  }

  private void assertCompleted(BundleStore store, String database) {
    assertEquals(
        byId(List.of(bundle(1, "b"), bundle(2, "b", 1), bundle(3, "c"))),
        byId(store.snapshot().bundles()));
    for (String collection : List.of("bundles", "bundle_patches")) {
      assertEquals(
          0,
          server
              .database(database)
              .getCollection(collection)
              .countDocuments(Filters.exists(Fields.TENTATIVE)));
    }
    assertEquals(Optional.empty(), Access.of(server.database(database)).head().pending());
  }
}
