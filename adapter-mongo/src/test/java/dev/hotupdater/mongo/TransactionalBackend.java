package dev.hotupdater.mongo;

import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.message.MongoMessage;
import io.netty.channel.Channel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server in memory that says it is a replica set, and does transactions as far as this library
 * needs them: each works on a copy of the database, which takes its place when it is committed. A
 * second one at the same time collides. It speaks the driver's real protocol, but it is not
 * MongoDB: that is what the tests with a container are for.
 */
final class TransactionalBackend extends MemoryBackend {
  private static final String SHADOW = "_in_transaction";
  private static final List<String> COLLECTIONS =
      NamedCollection.all().stream().map(NamedCollection::collection).toList();

  private Optional<Transaction> active = Optional.empty();
  private Optional<Transaction> committed = Optional.empty();
  private String address = "";

  /** Errors for the next commands of these names in a transaction. */
  final Map<String, ConcurrentLinkedQueue<Document>> failures =
      Collections.synchronizedMap(new LinkedHashMap<>());

  final AtomicInteger commits = new AtomicInteger();
  final AtomicInteger collisions = new AtomicInteger();

  private record Transaction(Object session, Object number, String database) {
    static Transaction of(Document command) {
      return new Transaction(
          Objects.requireNonNull(command.get("lsid")),
          Objects.requireNonNull(command.get("txnNumber")),
          String.valueOf(command.get("$db")));
    }

    boolean isSame(Transaction other) {
      return session.equals(other.session) && number.equals(other.number);
    }
  }

  /** Must be known before clients come. */
  void listensOn(String hostAndPort) {
    address = hostAndPort;
  }

  /** Lets the next command of this name in a transaction fail. */
  void failNext(String command, int code, String label) {
    failures
        .computeIfAbsent(command, name -> new ConcurrentLinkedQueue<>())
        .add(error(code, label));
  }

  private static Document error(int code, String label) {
    return new Document("ok", 0)
        .append("code", code)
        .append("errmsg", "injected")
        .append("errorLabels", new ArrayList<>(List.of(label)));
  }

  @Override
  public Document handleCommand(Channel channel, String database, String name, Document query) {
    Document answer = super.handleCommand(channel, database, name, query);
    return isGreeting(name) ? greeting(answer) : answer;
  }

  private static boolean isGreeting(String command) {
    return command.equalsIgnoreCase("isMaster") || command.equals("hello");
  }

  private Document greeting(Document answer) {
    return answer
        .append("setName", "rs")
        .append("hosts", new ArrayList<>(List.of(address)))
        .append("me", address)
        .append("primary", address)
        .append("logicalSessionTimeoutMinutes", 30);
  }

  @Override
  public synchronized Document handleMessage(MongoMessage message) {
    Document command = message.getDocument();
    String name = command.keySet().iterator().next();
    if (isGreeting(name)) {
      command.remove(name);
      Document legacy = new Document("isMaster", 1);
      legacy.putAll(command);
      return greeting(super.handleMessage(with(message, legacy)));
    }
    if (name.equals("endSessions")) {
      return new Document("ok", 1);
    }
    if (Boolean.FALSE.equals(command.get("autocommit"))) {
      return inTransaction(message, name, command);
    }
    return super.handleMessage(with(message, withoutSession(command)));
  }

  private Document inTransaction(MongoMessage message, String name, Document command) {
    Transaction transaction = Transaction.of(command);
    if (command.containsKey("startTransaction")) {
      if (active.isPresent()) {
        collisions.incrementAndGet();
        return error(112, "TransientTransactionError");
      }
      active = Optional.of(transaction);
      copy(message, transaction.database(), transaction.database() + SHADOW);
    }
    boolean known = active.filter(transaction::isSame).isPresent();
    ConcurrentLinkedQueue<Document> errors = failures.get(name);
    Optional<Document> failure = Optional.ofNullable(errors == null ? null : errors.poll());
    if (name.equals("commitTransaction")) {
      return commit(message, transaction, known, failure);
    }
    if (name.equals("abortTransaction") || failure.isPresent() || !known) {
      active = active.filter(other -> !other.isSame(transaction));
      return failure.orElseGet(
          () ->
              name.equals("abortTransaction")
                  ? new Document("ok", 1)
                  : error(251, "TransientTransactionError"));
    }
    Document forwarded = withoutSession(command);
    forwarded.put("$db", transaction.database() + SHADOW);
    return super.handleMessage(with(message, forwarded));
  }

  /** A failure of a commit is one after which the client does not know that it was done. */
  private Document commit(
      MongoMessage message, Transaction transaction, boolean known, Optional<Document> failure) {
    if (known) {
      Transaction started = active.orElseThrow();
      copy(message, started.database() + SHADOW, started.database());
      committed = active;
      active = Optional.empty();
      commits.incrementAndGet();
    } else if (committed.filter(transaction::isSame).isEmpty()) {
      return error(251, "TransientTransactionError");
    }
    return failure.orElseGet(() -> new Document("ok", 1));
  }

  private static Document withoutSession(Document command) {
    Document plain = new Document();
    plain.putAll(command);
    for (String field :
        List.of("lsid", "txnNumber", "startTransaction", "autocommit", "readConcern")) {
      plain.remove(field);
    }
    return plain;
  }

  private static MongoMessage with(MongoMessage message, Document command) {
    return new MongoMessage(message.getChannel(), message.getHeader(), command);
  }

  private void copy(MongoMessage message, String from, String to) {
    for (String collection : COLLECTIONS) {
      Document found =
          run(message, from, new Document("find", collection).append("batchSize", 1_000_000));
      Document cursor = (Document) Objects.requireNonNull(found.get("cursor"));
      List<Document> documents = new ArrayList<>();
      for (Object document : (Iterable<?>) Objects.requireNonNull(cursor.get("firstBatch"))) {
        documents.add(((Document) document).cloneDeeply());
      }
      Document all = new Document("q", new Document()).append("limit", 0);
      run(
          message,
          to,
          new Document("delete", collection).append("deletes", new ArrayList<>(List.of(all))));
      if (!documents.isEmpty()) {
        run(message, to, new Document("insert", collection).append("documents", documents));
      }
    }
  }

  private Document run(MongoMessage message, String database, Document command) {
    Document answer = super.handleMessage(with(message, command.append("$db", database)));
    if (!Double.valueOf(1).equals(((Number) Objects.requireNonNull(answer.get("ok"))).doubleValue())
        || answer.containsKey("writeErrors")) {
      throw new IllegalStateException(answer.toString());
    }
    return answer;
  }
}
