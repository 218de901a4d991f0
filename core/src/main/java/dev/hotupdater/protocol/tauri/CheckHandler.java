package dev.hotupdater.protocol.tauri;

import dev.hotupdater.http.HttpResponse;
import dev.hotupdater.http.RouteRequest;
import dev.hotupdater.protocol.tauri.AppLookup.Found;
import dev.hotupdater.release.ReleaseCheck;
import dev.hotupdater.release.ReleaseDecision;
import dev.hotupdater.release.ReleaseDecision.Nothing;
import dev.hotupdater.release.ReleaseDecision.Offer;
import dev.hotupdater.release.Slug;
import java.util.Optional;

/**
 * Answers update checks. Safe for use by many threads.
 *
 * <p>Source: Tauri protocol, section 3: with 200 or 204 a client is content, with any other status
 * it tries its next endpoint.
 */
final class CheckHandler {
  private final AppLookup apps;
  private final ManifestAnswers answers;
  private final DownloadUrls urls;
  private final CacheControl cacheControl;
  private final ClientReader clients;

  CheckHandler(
      AppLookup apps,
      ManifestAnswers answers,
      DownloadUrls urls,
      CacheControl cacheControl,
      ClientReader clients) {
    this.apps = apps;
    this.answers = answers;
    this.urls = urls;
    this.cacheControl = cacheControl;
    this.clients = clients;
  }

  HttpResponse answer(RouteRequest request) {
    Optional<Found> found = apps.find(request);
    if (found.isEmpty()) {
      return AppLookup.unknownApp();
    }
    ReleaseCheck check = clients.read(request);
    ReleaseDecision decision =
        found.get().view().line(found.get().app().id(), check.channel()).decide(check);
    String mayKeep = cacheControl.of(request.context());
    return decision instanceof Offer offer
        ? answers.update(manifest(offer, found.get().slug(), request), request, mayKeep)
        : answers.nothing(((Nothing) decision).reason(), mayKeep);
  }

  private UpdateManifest manifest(Offer offer, Slug slug, RouteRequest request) {
    String url =
        DownloadUrls.url(urls.start(slug, request.context()), offer.release(), offer.artifact());
    // Whoever asks here needs a signature, so that nothing without one is ever offered.
    return UpdateManifest.of(
        offer.release(), offer.artifact(), offer.signature().orElseThrow(), url);
  }
}
