package dev.hotupdater.protocol.capacitor.ota;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.hotupdater.catalog.ReleaseView;
import dev.hotupdater.http.HttpResponse;
import dev.hotupdater.http.RouteRequest;
import dev.hotupdater.liveupdate.AppPackage;
import dev.hotupdater.release.Artifact;
import dev.hotupdater.release.Release;
import dev.hotupdater.release.ReleaseState;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Lists what was uploaded, the last upload first. Immutable. */
final class OtaHistory {
  private static final Comparator<Artifact> LAST_FIRST =
      Comparator.comparing(Artifact::createdAt).thenComparing(Artifact::id).reversed();

  private final Uploads uploads;

  OtaHistory(Uploads uploads) {
    this.uploads = uploads;
  }

  /** The web bundles of the channel in the query, or of all. */
  HttpResponse bundles(RouteRequest request) {
    ReleaseView view = uploads.freshView(request.context());
    Optional<String> channel = request.query().first("channel");
    Stream<Release> releases =
        channel
            .map(Stream::of)
            .orElseGet(() -> view.channels(uploads.app()).stream())
            .flatMap(each -> uploads.line(view, each).releases().stream())
            .sorted(Comparator.comparingLong(Release::sequence).reversed());
    return answer(request, releases, Uploads::bundles, upload -> uploads.isActive(view, upload));
  }

  /** The packages. */
  HttpResponse packages(RouteRequest request) {
    ReleaseView view = uploads.freshView(request.context());
    return answer(
        request,
        uploads.packages(view).stream(),
        release -> release.artifact(AppPackage.TARGET).stream(),
        upload -> uploads.isActive(view, upload));
  }

  private static HttpResponse answer(
      RouteRequest request,
      Stream<Release> releases,
      Function<Release, Stream<Artifact>> files,
      Predicate<Upload> isActive) {
    boolean withRemoved = request.query().first("removed").filter("true"::equals).isPresent();
    ArrayNode entries = JsonNodeFactory.instance.arrayNode();
    releases
        .filter(release -> release.state() != ReleaseState.DRAFT)
        .filter(release -> withRemoved || release.state() != ReleaseState.REMOVED)
        .flatMap(
            release ->
                files
                    .apply(release)
                    .filter(Artifact::isReady)
                    .sorted(LAST_FIRST)
                    .map(artifact -> new Upload(release, artifact)))
        .forEach(upload -> entries.add(OtaJson.historyEntry(upload, isActive.test(upload))));
    return HttpResponse.uncached(200, entries.toString()).build();
  }
}
