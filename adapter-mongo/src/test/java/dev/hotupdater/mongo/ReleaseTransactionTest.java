package dev.hotupdater.mongo;

import static dev.hotupdater.mongo.ReleaseSamples.app;
import static dev.hotupdater.mongo.ReleaseSamples.release;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hotupdater.context.RequestContext;
import dev.hotupdater.database.DatabaseException;
import dev.hotupdater.database.ReleaseSnapshot;
import dev.hotupdater.database.ReleaseStore;
import dev.hotupdater.database.ReleaseWrite;
import dev.hotupdater.database.Revision;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bson.BsonDocument;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Commits of releases that are transactions. */
class ReleaseTransactionTest {
  private static final String TRANSIENT = "TransientTransactionError";

  private final TransactionalBackend backend = new TransactionalBackend();
  private final TestServer server = TestServer.of(backend);
  private final String name = server.emptied();

  @AfterEach
  void stop() {
    server.close();
  }

  private ReleaseStore store() {
    return MongoBundleDatabase.create(server.client(), name).releases(RequestContext.none());
  }

  @Test
  void commit_thatCollidesAtAnyCommand_isRepeated() {
    for (String command : List.of("update", "find", "insert", "update")) {
      backend.failNext(command, 112, TRANSIENT);
    }
    store()
        .commit(
            List.of(
                ReleaseWrite.create(app(1, "first")),
                ReleaseWrite.create(release(1, "1.0.0", "a"))));

    assertEquals(List.of(release(1, "1.0.0", "a")), store().snapshot().releases());
    assertEquals(1, backend.commits.get());
  }

  @Test
  void commit_whoseAnswerIsLost_isDoneOnce() {
    backend.failNext("commitTransaction", 91, "UnknownTransactionCommitResult");

    store().commit(List.of(ReleaseWrite.create(release(1, "1.0.0", "a"))));

    assertEquals(1, backend.commits.get());
    assertEquals(List.of(release(1, "1.0.0", "a")), store().snapshot().releases());
  }

  @Test
  void commit_thatFails_leavesNothing() {
    store().commit(List.of(ReleaseWrite.create(release(1, "1.0.0", "a"))));
    ReleaseSnapshot before = store().snapshot();
    backend.failNext("insert", 8000, "NoLabel");

    assertThrows(
        DatabaseException.class,
        () ->
            store()
                .commit(
                    List.of(
                        ReleaseWrite.delete(release(1, "1.0.0", "a")),
                        ReleaseWrite.create(release(2, "1.0.0", "b")))));

    assertEquals(before, store().snapshot());
  }

  @Test
  void commitThatAStandaloneServerHasDoneInPart_isReadAndCompleted() {
    store()
        .commit(
            List.of(
                ReleaseWrite.create(release(1, "1.0.0", "a")),
                ReleaseWrite.create(release(2, "2.0.0", "a"))));
    Access access = Access.of(server.database(name)).to(Journal.RELEASES);
    Revision next = Head.nextRevision();
    ReleaseDraft draft =
        ReleaseDraft.of(
            List.of(
                ReleaseWrite.delete(release(1, "1.0.0", "a")),
                ReleaseWrite.put(release(2, "1.0.0", "b")),
                ReleaseWrite.create(release(3, "2.0.0", "b"))),
            next,
            new ReleaseReader(access, new UnreadableDocuments()));
    Head left = access.head().after(next, draft.touched(), draft.writes());
    access.update(Table.SETTINGS, Journal.RELEASES.head(), new BsonDocument("$set", left.fields()));
    PendingCommit pending = left.pending().orElseThrow();
    assertEquals(4, pending.writes().size());
    for (DocumentWrite write : pending.writes().subList(0, 3)) {
      access.write(write.table(), List.of(WriteModels.repeatable(write, pending.tag())));
    }
    assertEquals(
        Set.of(release(2, "1.0.0", "b"), release(3, "2.0.0", "b")),
        new HashSet<>(store().snapshot().releases()));

    store().commit(List.of(ReleaseWrite.create(release(4, "4.0.0", "c"))));

    assertEquals(
        Set.of(release(2, "1.0.0", "b"), release(3, "2.0.0", "b"), release(4, "4.0.0", "c")),
        new HashSet<>(store().snapshot().releases()));
    assertEquals(Optional.empty(), access.head().pending());
    assertEquals(
        3,
        server
            .database(name)
            .getCollection(ReleaseTable.RELEASES.collection())
            .countDocuments(new Document(Fields.TENTATIVE, new Document("$exists", false))));
  }
}
