package dev.hotupdater.cli.publish;

import dev.hotupdater.release.ReleaseId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Publishes files as a release: the draft first, then the files, and the release to everybody last
 * of all. What was done before is not done again, so that it can be stopped at any time and called
 * again.
 */
final class Publisher {
  private final ReleaseClient releases;
  private final Delivery delivery;
  private final Attempts attempts;
  private final Progress progress;
  private final int parallel;

  /**
   * Creates the publisher.
   *
   * @param parallel how many files are uploaded at the same time
   */
  Publisher(
      ReleaseClient releases,
      Delivery delivery,
      Attempts attempts,
      Progress progress,
      int parallel) {
    this.releases = releases;
    this.delivery = delivery;
    this.attempts = attempts;
    this.progress = progress;
    this.parallel = parallel;
  }

  /** A release, and whether there was anything to do for it. */
  record Prepared(ReleaseId releaseId, boolean isPublished) {}

  /**
   * Brings all files to the server, as a draft that nobody is offered.
   *
   * @throws PublishException if that fails; what is there is kept
   */
  Prepared prepare(NewRelease release, List<HashedFile> files) {
    RemoteRelease remote = releases.create(release).orElseGet(() -> existing(release));
    if (remote.isPublished()) {
      checkIsSame(remote, files);
      return new Prepared(remote.id(), true);
    }
    checkCanGoOn(remote, release, files);
    if (!remote.notes().equals(release.notes())) {
      progress.notice("The draft keeps the notes that it was created with.");
    }
    deliver(remote.id(), files.stream().filter(file -> !isReady(remote, file)).toList());
    return new Prepared(remote.id(), false);
  }

  /** Offers a release to clients. */
  void publish(ReleaseId releaseId) {
    releases.publish(releaseId);
  }

  private RemoteRelease existing(NewRelease release) {
    return attempts.repeat(
        "Finding the release " + release.version(),
        () ->
            releases
                .find(release)
                .orElseThrow(
                    // Of several servers, one may not know yet what another one has created.
                    () ->
                        new TemporaryFailureException(
                            "it exists, but not on the channel "
                                + release.channelName()
                                + ", so name its channel with --channel",
                            Duration.ZERO)));
  }

  private static boolean isReady(RemoteRelease remote, HashedFile file) {
    return remote
        .artifact(file.file().target())
        .filter(artifact -> artifact.isReadyWith(file.sha256()))
        .isPresent();
  }

  private static void checkIsSame(RemoteRelease remote, List<HashedFile> files) {
    List<String> others =
        files.stream()
            .filter(file -> !isReady(remote, file))
            .map(file -> file.file().name() + ": is not what was published for its target")
            .toList();
    if (!others.isEmpty()) {
      throw new PublishException(
          "Version "
              + remote.version()
              + " is published already, with other files. What was published never changes:"
              + " publish a new version.",
          others);
    }
  }

  private static void checkCanGoOn(
      RemoteRelease remote, NewRelease release, List<HashedFile> files) {
    if (!remote.isDraft()) {
      throw new PublishException(
          "Version "
              + remote.version()
              + " exists and is "
              + Printable.of(remote.state())
              + ". Publish a new version.");
    }
    if (!remote.waitsForPublication()) {
      throw new PublishException(
          "There is a draft of version "
              + remote.version()
              + " that clients would be offered with its first file. Delete it, or publish a new"
              + " version.");
    }
    if (remote.mandatory() != release.mandatory()
        || remote.rollout() != release.rollout().count()) {
      throw new PublishException(
          "There is a draft of version "
              + remote.version()
              + " with other settings: its rollout is "
              + remote.rollout()
              + ", and it is "
              + (remote.mandatory() ? "mandatory" : "not mandatory")
              + ". Call this with its settings, or delete it.");
    }
    List<String> others =
        files.stream()
            .filter(
                file ->
                    remote
                        .artifact(file.file().target())
                        .filter(RemoteArtifact::ready)
                        .filter(artifact -> !artifact.isReadyWith(file.sha256()))
                        .isPresent())
            .map(file -> file.file().name() + ": the draft has another file for its target")
            .toList();
    if (!others.isEmpty()) {
      throw new PublishException(
          "There is a draft of version "
              + remote.version()
              + " with other files. Delete it, or publish a new version.",
          others);
    }
  }

  private void deliver(ReleaseId releaseId, List<HashedFile> files) {
    // All are announced before the first is sent: what the server does not want is known early.
    Map<HashedFile, UploadTicket> tickets = new LinkedHashMap<>();
    files.forEach(
        file -> releases.announce(releaseId, file).ifPresent(ticket -> tickets.put(file, ticket)));
    ExecutorService executor = Executors.newFixedThreadPool(parallel, Publisher::thread);
    try {
      Map<HashedFile, Future<?>> running = new LinkedHashMap<>();
      tickets.forEach(
          (file, ticket) ->
              running.put(file, executor.submit(() -> deliver(releaseId, ticket, file))));
      await(running);
    } finally {
      executor.shutdownNow();
    }
  }

  private void deliver(ReleaseId releaseId, UploadTicket ticket, HashedFile file) {
    boolean isDelivered = false;
    try {
      delivery.deliver(releaseId, ticket, file);
      isDelivered = true;
    } finally {
      if (isDelivered) {
        progress.finished(file.file());
      } else {
        progress.failed(file.file());
      }
    }
  }

  /** One file that fails does not keep the others from being finished. */
  private static void await(Map<HashedFile, Future<?>> running) {
    List<String> failures = new ArrayList<>();
    for (Map.Entry<HashedFile, Future<?>> entry : running.entrySet()) {
      failure(entry.getValue()).ifPresent(failures::add);
    }
    if (!failures.isEmpty()) {
      throw new PublishException(
          failures.size()
              + " of "
              + running.size()
              + " files did not get there. Nothing was published. The draft is kept: run the same"
              + " command again to go on from here.",
          failures);
    }
  }

  private static Optional<String> failure(Future<?> delivered) {
    try {
      delivered.get();
      return Optional.empty();
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      return Optional.of(
          cause instanceof PublishException
              ? ((PublishException) cause).getMessage()
              : String.valueOf(cause));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of("The upload was interrupted.");
    }
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "upload");
    thread.setDaemon(true);
    return thread;
  }
}
