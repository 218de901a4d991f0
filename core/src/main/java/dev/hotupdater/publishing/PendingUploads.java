package dev.hotupdater.publishing;

import dev.hotupdater.catalog.ReleaseView;
import dev.hotupdater.context.RequestContext;
import dev.hotupdater.release.App;
import dev.hotupdater.release.Release;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The uploads that are waited for, in several contexts. One whose releases cannot be read does not
 * stop the others. Not for use by several threads.
 */
final class PendingUploads {
  private static final Logger log = LoggerFactory.getLogger(ReleasePublishing.class);

  private final Records records;
  private final List<RequestContext> contexts;

  /** Those that have failed the last time. */
  private final Set<RequestContext> failing = Collections.newSetFromMap(new IdentityHashMap<>());

  PendingUploads(Records records, List<RequestContext> contexts) {
    this.records = records;
    this.contexts = contexts;
  }

  List<PendingUpload> read() {
    return contexts.stream().flatMap(context -> read(context).stream()).toList();
  }

  private List<PendingUpload> read(RequestContext context) {
    try {
      ReleaseView view = records.of(context).view();
      List<PendingUpload> found =
          view.unfinished().stream()
              .flatMap(
                  release ->
                      view.app(release.appId()).stream()
                          .flatMap(app -> pending(app, release, context)))
              .toList();
      failing.remove(context);
      return found;
    } catch (RuntimeException e) {
      if (!Thread.currentThread().isInterrupted() && failing.add(context)) {
        log.warn("Uploads of a context cannot be looked for; this is tried again and again", e);
      }
      return List.of();
    }
  }

  private static Stream<PendingUpload> pending(App app, Release release, RequestContext context) {
    return release.artifacts().stream()
        .filter(artifact -> !artifact.isReady())
        .map(artifact -> new PendingUpload(app, release, artifact, context));
  }
}
