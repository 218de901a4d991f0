package dev.hotupdater.protocol.tauri;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hotupdater.http.HttpResponse;
import dev.hotupdater.http.RouteRequest;
import dev.hotupdater.internal.CacheBudget;
import dev.hotupdater.internal.LoadingCache;
import dev.hotupdater.internal.LoadingCache.Loaded;
import dev.hotupdater.protocol.JsonAnswer;
import dev.hotupdater.protocol.StorageAccess;
import dev.hotupdater.protocol.tauri.AppLookup.Found;
import dev.hotupdater.release.App;
import dev.hotupdater.release.Artifact;
import dev.hotupdater.release.ArtifactSignature;
import dev.hotupdater.release.Release;
import dev.hotupdater.release.ReleaseLine;
import dev.hotupdater.release.VerificationKey;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Answers clients that read one file for everybody, and compare the versions themselves. Manifests
 * are kept as bytes until what they are made from changes. Safe for use by many threads.
 *
 * <p>Source: Tauri protocol, section 4. A client refuses the whole file for one bad entry, whatever
 * its platform is, so an artifact without a signature that clients can verify is left out. A file
 * has one version and one signature for each platform, so it is about one release, and has the
 * signatures of one key: the one that the version before has compiled in. Clients of versions
 * before a change of keys cannot use it; they can use update checks.
 */
final class StaticManifests {
  private static final int LONGEST_KEPT_START = 2_000;
  private static final int ARTIFACT_BYTES = 2_000;

  private final AppLookup apps;
  private final DownloadUrls urls;
  private final CacheControl cacheControl;
  private final String defaultChannel;
  private final LoadingCache<Source, Optional<JsonAnswer>> kept;

  /** All that a manifest is made from. */
  private record Source(
      String urlStart, Release release, boolean isVerified, Optional<VerificationKey> key) {}

  StaticManifests(
      AppLookup apps,
      StorageAccess storage,
      DownloadUrls urls,
      CacheControl cacheControl,
      String defaultChannel) {
    this.apps = apps;
    this.urls = urls;
    this.cacheControl = cacheControl;
    this.defaultChannel = defaultChannel;
    kept =
        new LoadingCache<>(
            CacheBudget.BYTES, storage.timeout(), storage::inBackground, storage.clock());
  }

  HttpResponse answer(RouteRequest request) {
    Optional<Found> found = apps.find(request);
    if (found.isEmpty()) {
      return AppLookup.unknownApp();
    }
    return newest(found.get(), request)
        .map(answer -> answer.respond(request.http(), cacheControl.of(request.context())))
        .orElseGet(
            () -> AppLookup.notFound("Nothing on this channel has been published for everybody."));
  }

  /** That of the newest release that has something for anybody. */
  private Optional<JsonAnswer> newest(Found found, RouteRequest request) {
    String channel =
        request.hasParameter("channel") ? request.parameter("channel") : defaultChannel;
    ReleaseLine line = found.view().line(found.app().id(), channel);
    String urlStart = urls.start(found.slug(), request.context());
    return line.forEverybody().stream()
        .flatMap(release -> answer(urlStart, release, line, found.app()).stream())
        .findFirst();
  }

  private Optional<JsonAnswer> answer(String urlStart, Release release, ReleaseLine line, App app) {
    Optional<VerificationKey> key = line.usualKeyFor(release);
    if (release.artifacts().stream().noneMatch(artifact -> isUsable(artifact, app, key))) {
      return Optional.empty();
    }
    if (urlStart.length() > LONGEST_KEPT_START) {
      return make(urlStart, release, app, key);
    }
    Source source = new Source(urlStart, release, app.verifiesSignatures(), key);
    return kept.get(source, () -> loaded(release, make(urlStart, release, app, key)));
  }

  private static boolean isUsable(Artifact artifact, App app, Optional<VerificationKey> key) {
    return artifact.isReady() && app.signatureFor(key, artifact).isPresent();
  }

  private static Loaded<Optional<JsonAnswer>> loaded(Release release, Optional<JsonAnswer> answer) {
    // The release is kept with it, also when a changed one has taken its place.
    long releaseBytes = 2L * release.notes().length() + ARTIFACT_BYTES * release.artifacts().size();
    long answerBytes = answer.map(JsonAnswer::size).orElse(0);
    return Loaded.forEver(answer, CacheBudget.ENTRY_BYTES + releaseBytes + answerBytes);
  }

  private static Optional<JsonAnswer> make(
      String urlStart, Release release, App app, Optional<VerificationKey> key) {
    SortedMap<String, Artifact> entries =
        StaticEntries.of(release, artifact -> isUsable(artifact, app, key));
    if (entries.isEmpty()) {
      return Optional.empty();
    }
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("version", release.version().toString());
    json.put("notes", release.notes());
    json.put("pub_date", UpdateManifest.published(release).toString());
    ObjectNode platforms = json.putObject("platforms");
    entries.forEach(
        (name, artifact) -> {
          ArtifactSignature signature = app.signatureFor(key, artifact).orElseThrow();
          ObjectNode platform = platforms.putObject(name);
          platform.put("signature", signature.text());
          platform.put("url", DownloadUrls.url(urlStart, release, artifact));
          platform.put("format", PackagerFormat.inFile(artifact));
        });
    return Optional.of(JsonAnswer.of(json.toString()));
  }
}
