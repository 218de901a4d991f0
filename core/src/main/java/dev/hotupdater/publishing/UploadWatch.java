package dev.hotupdater.publishing;

import dev.hotupdater.catalog.ReleaseView;
import dev.hotupdater.context.RequestContext;
import dev.hotupdater.release.App;
import dev.hotupdater.release.Artifact;
import dev.hotupdater.release.Release;
import dev.hotupdater.release.ReleaseId;
import dev.hotupdater.release.ReleaseRules;
import dev.hotupdater.release.ReleaseStateException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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
  private final List<RequestContext> contexts;
  private final Retries retries = new Retries();
  private Optional<ReleaseId> lastLookedAt = Optional.empty();

  private record Pending(App app, Release release, Artifact artifact, RequestContext context) {
    ArtifactRef ref() {
      return new ArtifactRef(app.id(), release.id(), artifact.id(), context);
    }

    boolean canComplete() {
      return Completion.needsNothingElse(app, release, artifact)
          && ReleaseRules.acceptsArtifacts(release);
    }
  }

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
    this.contexts = contexts;
  }

  /** Returns how many became ready. */
  synchronized int completeUploads() {
    return count(next(beginRound()), this::complete);
  }

  /** Returns how many were given up. */
  synchronized int sweep() {
    Instant limit = records.now().minus(GRACE);
    List<Pending> expired =
        beginRound().stream()
            .filter(each -> each.artifact().uploadExpiry().isBefore(limit))
            .limit(MAX_PER_ROUND)
            .toList();
    return count(expired, this::giveUp);
  }

  private List<Pending> beginRound() {
    List<Pending> all = pending();
    retries.beginRound(all.stream().map(each -> each.artifact().id()).toList());
    return all;
  }

  private List<Pending> pending() {
    List<Pending> all = new ArrayList<>();
    for (RequestContext context : contexts) {
      ReleaseView view = records.of(context).view();
      for (Release release : view.unfinished()) {
        view.app(release.appId())
            .ifPresent(
                app ->
                    release.artifacts().stream()
                        .filter(artifact -> !artifact.isReady())
                        .map(artifact -> new Pending(app, release, artifact, context))
                        .forEach(all::add));
      }
    }
    return all;
  }

  /** Those that come after the last ones, in a circle. */
  private List<Pending> next(List<Pending> all) {
    Comparator<Pending> byId = Comparator.comparing(each -> each.artifact().id());
    Predicate<Pending> isBehind =
        each -> lastLookedAt.filter(last -> each.artifact().id().compareTo(last) <= 0).isPresent();
    List<Pending> next =
        all.stream()
            .filter(Pending::canComplete)
            .sorted(Comparator.<Pending, Boolean>comparing(isBehind::test).thenComparing(byId))
            .limit(MAX_PER_ROUND)
            .toList();
    if (!next.isEmpty()) {
      lastLookedAt = Optional.of(next.get(next.size() - 1).artifact().id());
    }
    return next;
  }

  private int count(List<Pending> all, Predicate<Pending> work) {
    int count = 0;
    for (Pending each : all) {
      if (Thread.currentThread().isInterrupted()) {
        break;
      }
      if (retries.isDue(each.artifact().id()) && attempt(each, work)) {
        count++;
      }
    }
    return count;
  }

  /** One that fails must not hold up the others. */
  private boolean attempt(Pending pending, Predicate<Pending> work) {
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

  private boolean complete(Pending pending) {
    if (files.uploadedSize(pending.artifact(), pending.context()).isEmpty()) {
      return false;
    }
    completion.complete(pending.ref(), UploadClaims.none());
    log.info("The upload of {} for {} is complete", pending.artifact().target(), pending.release());
    return true;
  }

  /** What was uploaded while no server was running is completed, however late. */
  private boolean giveUp(Pending pending) {
    if (pending.canComplete() && isCompleted(pending)) {
      return false;
    }
    announcing.withdraw(pending.ref());
    log.info(
        "{} was not uploaded in time, so the artifact was taken from {}",
        pending.artifact().target(),
        pending.release());
    return true;
  }

  private boolean isCompleted(Pending pending) {
    try {
      return complete(pending);
    } catch (UploadRejectedException e) {
      log.warn("{} was rejected: {}", pending.artifact().target(), e.getMessage());
      return false;
    }
  }
}
