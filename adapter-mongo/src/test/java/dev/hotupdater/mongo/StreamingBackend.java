package dev.hotupdater.mongo;

import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.message.MongoMessage;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A server in memory that has change streams, and can end them as MongoDB does. */
final class StreamingBackend extends MemoryBackend {
  private final ConcurrentLinkedQueue<Document> ends = new ConcurrentLinkedQueue<>();

  /** Ends a stream as after its database was dropped: its cursor is gone, and nothing failed. */
  void endStream() {
    Document cursor =
        new Document("id", 0L).append("ns", "test.bundles").append("nextBatch", List.of());
    ends.add(new Document("cursor", cursor).append("ok", 1));
  }

  /** Ends a stream with an error. */
  void failStream(int code) {
    ends.add(new Document("ok", 0).append("code", code).append("errmsg", "injected"));
  }

  @Override
  public Document handleMessage(MongoMessage message) {
    Optional<Document> end =
        message.getDocument().containsKey("getMore")
            ? Optional.ofNullable(ends.poll())
            : Optional.empty();
    return end.orElseGet(() -> super.handleMessage(message));
  }
}
