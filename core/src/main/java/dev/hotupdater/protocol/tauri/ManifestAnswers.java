package dev.hotupdater.protocol.tauri;

import dev.hotupdater.http.HttpResponse;
import dev.hotupdater.http.RouteRequest;
import dev.hotupdater.internal.CacheBudget;
import dev.hotupdater.internal.LoadingCache;
import dev.hotupdater.internal.LoadingCache.Loaded;
import dev.hotupdater.protocol.JsonAnswer;
import dev.hotupdater.protocol.StorageAccess;
import dev.hotupdater.release.ReleaseDecision.Reason;

/**
 * The answers to update checks. Manifests are kept as bytes by what stands in them, so that none is
 * ever given in place of another. Safe for use by many threads.
 */
final class ManifestAnswers {
  private static final String REASON_HEADER = "X-Update-Reason";

  /** A host name is shorter; clients can send what they like, but not have it kept. */
  private static final int LONGEST_KEPT_URL = 2_000;

  private final String vary;
  private final LoadingCache<UpdateManifest, JsonAnswer> kept;

  /**
   * Creates it.
   *
   * @param installIdHeader the header field that decisions depend on
   */
  ManifestAnswers(StorageAccess storage, String installIdHeader) {
    vary = "User-Agent, " + installIdHeader;
    kept =
        new LoadingCache<>(
            CacheBudget.BYTES, storage.timeout(), storage::inBackground, storage.clock());
  }

  /** The answer that tells a client of its update. */
  HttpResponse update(UpdateManifest manifest, RouteRequest request, String cacheControl) {
    JsonAnswer answer =
        manifest.url().length() > LONGEST_KEPT_URL
            ? make(manifest)
            : kept.get(manifest, () -> loaded(manifest));
    return answer.respond(request.http(), cacheControl);
  }

  private Loaded<JsonAnswer> loaded(UpdateManifest manifest) {
    JsonAnswer answer = make(manifest);
    // The texts of the manifest are those of the answer once more.
    return Loaded.forEver(answer, 2 * CacheBudget.ENTRY_BYTES + 3L * answer.size());
  }

  private JsonAnswer make(UpdateManifest manifest) {
    return JsonAnswer.varying(manifest.json(), vary);
  }

  /** The answer that tells a client that there is nothing for it. */
  HttpResponse nothing(Reason reason, String cacheControl) {
    return HttpResponse.status(204)
        .header("Cache-Control", cacheControl)
        .header("Vary", vary)
        .header(REASON_HEADER, reason.wireName())
        .build();
  }
}
