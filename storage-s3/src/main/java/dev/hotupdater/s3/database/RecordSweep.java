package dev.hotupdater.s3.database;

import dev.hotupdater.database.DatabaseException;
import dev.hotupdater.s3.database.RootObject.State;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Deletes objects that no root names any more: those of replaced and deleted records, and of
 * writers that stopped. Done by commits, now and then, and each time with a few objects only.
 */
final class RecordSweep {
  /**
   * How old an object must be, and how long no root must have named it: far longer than any commit
   * takes that could still name it, and long enough to put a former root back.
   */
  static final Duration GRACE = Duration.ofHours(24);

  private static final Duration INTERVAL = Duration.ofHours(1);
  private static final int MAX_DELETIONS = 100;
  private static final int PAGE = 1_000;
  private static final Logger log = LoggerFactory.getLogger(RecordSweep.class);

  private final MetadataBucket bucket;
  private final MetadataLayout layout;
  private final ReentrantLock sweeping = new ReentrantLock();

  /** When it was last done, unless it is to go on; for the one who sweeps. */
  private Optional<Long> last = Optional.empty();

  /** Where to go on; for the one who sweeps. */
  private Optional<String> position = Optional.empty();

  RecordSweep(MetadataBucket bucket, MetadataLayout layout) {
    this.bucket = bucket;
    this.layout = layout;
  }

  /**
   * Sweeps, if it is time. A failure is logged: the commit has been made.
   *
   * @param state the root that the commit led to, or a later one
   * @param start a time before the root was read; what was written in the day before it, or later,
   *     may be of a commit that the root does not have yet
   */
  void afterCommit(State state, Instant start) {
    if (!sweeping.tryLock()) {
      return;
    }
    try {
      long now = System.nanoTime();
      if (last.isPresent() && now - last.get() < INTERVAL.toNanos()) {
        return;
      }
      if (last.isEmpty() && state.root().records().size() >= PAGE / 2) {
        position = Optional.of(somewhere());
      }
      last = Optional.of(now);
      sweep(state, start);
    } catch (DatabaseException e) {
      log.warn("Could not delete objects of former releases. A later commit tries again.", e);
    } finally {
      sweeping.unlock();
    }
  }

  /** Where a process that lives for one commit begins, so that all of them get everywhere. */
  private String somewhere() {
    byte[] random = new byte[1];
    ThreadLocalRandom.current().nextBytes(random);
    return layout.recordsPrefix() + HexFormat.of().formatHex(random);
  }

  private void sweep(State state, Instant start) {
    ListObjectsV2Response page = bucket.page(layout.recordsPrefix(), position);
    List<String> unneeded = unneeded(page.contents(), state.root(), start);
    if (!unneeded.isEmpty()) {
      Optional<Instant> written = written(state);
      if (written.isEmpty()) {
        // Somebody has replaced the root since: the next commit goes on.
        last = Optional.empty();
        return;
      }
      // A clock that is ahead makes nothing old.
      Instant now = written.get().isBefore(start) ? written.get() : start;
      unneeded = unneeded(page.contents(), state.root(), now);
    }
    ParallelRequests.map(unneeded, this::delete);
    if (unneeded.size() == MAX_DELETIONS) {
      position = Optional.of(unneeded.get(MAX_DELETIONS - 1));
      // There are more: the next commit goes on.
      last = Optional.empty();
    } else {
      position = next(page);
    }
  }

  private List<String> unneeded(List<S3Object> objects, ReleaseRoot root, Instant now) {
    Instant youngest = now.minus(GRACE);
    Set<RecordName> needed = root.records();
    needed.addAll(root.retiredSince(youngest));
    return objects.stream()
        .filter(object -> object.lastModified().isBefore(youngest))
        .map(S3Object::key)
        .filter(key -> layout.recordName(key).filter(name -> !needed.contains(name)).isPresent())
        .limit(MAX_DELETIONS)
        .toList();
  }

  /** When the root was written, by the store's clock; empty if it is not the newest. */
  private Optional<Instant> written(State state) {
    return state.etag().flatMap(etag -> bucket.modified(layout.rootKey(), etag));
  }

  private String delete(String key) {
    bucket.delete(key);
    return key;
  }

  private static Optional<String> next(ListObjectsV2Response page) {
    List<S3Object> objects = page.contents();
    return Boolean.TRUE.equals(page.isTruncated()) && !objects.isEmpty()
        ? Optional.of(objects.get(objects.size() - 1).key())
        : Optional.empty();
  }
}
