package dev.hotupdater.publishing;

import dev.hotupdater.context.RequestContext;
import dev.hotupdater.release.ReleaseId;
import dev.hotupdater.release.ReleaseStateException;
import dev.hotupdater.storage.NoStorageException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Completes uploads whose publishers only upload, and gives up those that have not come in time.
 * Every call looks at a limited number of artifacts, and the next one goes on from there. Safe for
 * use by many threads, which wait for each other.
 */
final class UploadWatch {
  /** An upload that begins in time may take some more, and clocks of servers differ. */
  static final Duration GRACE = Duration.ofMinutes(5);

  private static final Logger log = LoggerFactory.getLogger(ReleasePublishing.class);
  private static final int MAX_PER_ROUND = 32;

  private final Records records;
  private final ArtifactFiles files;
  private final Completion completion;
  private final Announcing announcing;
  private final PendingUploads uploads;
  private final Retries retries = new Retries();
  private Optional<ReleaseId> lastLookedAt = Optional.empty();

  UploadWatch(
      Records records,
      ArtifactFiles files,
      Completion completion,
      Announcing announcing,
      List<RequestContext> contexts) {
    this.records = records;
    this.files = files;
    this.completion = completion;
    this.announcing = announcing;
    uploads = new PendingUploads(records, contexts);
  }

  /** Completes what has come in time, and gives up the rest that has not, with one look at all. */
  synchronized void tick() {
    List<PendingUpload> due = beginRound();
    Instant limit = limit();
    count(
        next(due.stream().filter(each -> !each.hasExpiredBefore(limit)).toList()), this::complete);
    count(expired(due, limit), this::giveUp);
  }

  /** Returns how many became ready. */
  synchronized int completeUploads() {
    return count(next(beginRound()), this::complete);
  }

  /** Returns how many were given up. */
  synchronized int sweep() {
    return count(expired(beginRound(), limit()), this::giveUp);
  }

  private Instant limit() {
    return records.now().minus(GRACE);
  }

  /** Those that are due: what fails again and again must not take the places of others. */
  private List<PendingUpload> beginRound() {
    List<PendingUpload> all = uploads.read();
    retries.beginRound(all.stream().map(PendingUpload::id).toList());
    return all.stream().filter(each -> retries.isDue(each.id())).toList();
  }

  private static List<PendingUpload> expired(List<PendingUpload> due, Instant limit) {
    return due.stream().filter(each -> each.hasExpiredBefore(limit)).limit(MAX_PER_ROUND).toList();
  }

  /** Those that come after the last ones, in a circle. */
  private List<PendingUpload> next(List<PendingUpload> due) {
    Predicate<PendingUpload> isBehind =
        each -> lastLookedAt.filter(last -> each.id().compareTo(last) <= 0).isPresent();
    List<PendingUpload> next =
        due.stream()
            .filter(PendingUpload::canComplete)
            .sorted(
                Comparator.<PendingUpload, Boolean>comparing(isBehind::test)
                    .thenComparing(PendingUpload::id))
            .limit(MAX_PER_ROUND)
            .toList();
    if (!next.isEmpty()) {
      lastLookedAt = Optional.of(next.get(next.size() - 1).id());
    }
    return next;
  }

  private int count(List<PendingUpload> all, Predicate<PendingUpload> work) {
    int count = 0;
    for (PendingUpload each : all) {
      if (Thread.currentThread().isInterrupted()) {
        break;
      }
      if (attempt(each, work)) {
        count++;
      }
    }
    return count;
  }

  /** One that fails must not hold up the others. */
  private boolean attempt(PendingUpload pending, Predicate<PendingUpload> work) {
    ReleaseId id = pending.artifact().id();
    try {
      boolean isDone = work.test(pending);
      retries.succeeded(id);
      return isDone;
    } catch (UploadRejectedException e) {
      if (retries.failed(id)) {
        log.warn(
            "The upload of {} for {} was rejected: {}",
            pending.artifact().target(),
            pending.release(),
            e.getMessage());
      }
    } catch (ReleaseStateException | UnknownReleaseException e) {
      log.debug("{} was changed by somebody else", pending.release(), e);
    } catch (RuntimeException e) {
      if (!Thread.currentThread().isInterrupted() && retries.failed(id)) {
        log.warn(
            "The upload of {} for {} could not be looked after; it is tried again",
            pending.artifact().target(),
            pending.release(),
            e);
      }
    }
    return false;
  }

  private boolean complete(PendingUpload pending) {
    if (files.uploadedSize(pending.artifact(), pending.context()).isEmpty()) {
      return false;
    }
    completion.complete(pending.ref(), UploadClaims.none());
    log.info("The upload of {} for {} is complete", pending.artifact().target(), pending.release());
    return true;
  }

  /** What was uploaded while no server was running is completed, however late. */
  private boolean giveUp(PendingUpload pending) {
    if (pending.canComplete() && isCompleted(pending)) {
      return false;
    }
    announcing.withdraw(pending.ref(), pending.artifact());
    log.info(
        "{} was not uploaded in time, so the artifact was taken from {}",
        pending.artifact().target(),
        pending.release());
    return true;
  }

  private boolean isCompleted(PendingUpload pending) {
    try {
      return complete(pending);
    } catch (UploadRejectedException e) {
      log.warn("{} was rejected: {}", pending.artifact().target(), e.getMessage());
      return false;
    } catch (NoStorageException e) {
      // What is in a storage that is gone never comes.
      return false;
    }
  }
}
