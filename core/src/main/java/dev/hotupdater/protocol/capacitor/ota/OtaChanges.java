package dev.hotupdater.protocol.capacitor.ota;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hotupdater.catalog.ReleaseView;
import dev.hotupdater.context.RequestContext;
import dev.hotupdater.http.HttpResponse;
import dev.hotupdater.http.RouteRequest;
import dev.hotupdater.liveupdate.AppPackage;
import dev.hotupdater.publishing.web.WebPublishing;
import dev.hotupdater.release.Release;
import java.util.Optional;

/**
 * Deletes what was uploaded, and makes an earlier upload the active one. Each answer says what is
 * active afterwards. Safe for use by many threads.
 */
final class OtaChanges {
  private final Uploads uploads;
  private final WebPublishing publishing;
  private final OtaAddresses addresses;

  OtaChanges(Uploads uploads, WebPublishing publishing, OtaAddresses addresses) {
    this.uploads = uploads;
    this.publishing = publishing;
    this.addresses = addresses;
  }

  /** Deletes the version in the path, with the web bundles for all platforms. */
  HttpResponse deleteBundle(RouteRequest request) {
    return find(request).map(release -> delete(release, request)).orElseGet(OtaChanges::unknown);
  }

  /** Deletes the version of the file that the path names. */
  HttpResponse deleteByKey(RouteRequest request) {
    ReleaseView view = uploads.freshView(request.context());
    return OtaKey.parse(request.parameter("key"))
        .flatMap(key -> uploads.find(view, key))
        .map(upload -> delete(upload.release(), request))
        .orElseGet(OtaChanges::unknown);
  }

  /** Deletes the package of the version in the path. */
  HttpResponse deletePackage(RouteRequest request) {
    ReleaseView view = uploads.freshView(request.context());
    return uploads
        .packageOf(view, request.parameter("version"))
        .map(release -> delete(release, request))
        .orElseGet(OtaChanges::unknown);
  }

  /** Makes the version in the path the active one of its channel. */
  HttpResponse activate(RouteRequest request) {
    Optional<Release> found = find(request);
    if (found.isEmpty()) {
      return unknown();
    }
    publishing.activate(uploads.app(), found.get().id(), request.context());
    return HttpResponse.uncached(200, withActive(found.get(), request.context()).toString())
        .build();
  }

  private Optional<Release> find(RouteRequest request) {
    return uploads.bundle(
        uploads.freshView(request.context()),
        request.parameter("channel"),
        request.parameter("version"));
  }

  private HttpResponse delete(Release release, RouteRequest request) {
    publishing.remove(uploads.app(), release.id(), request.context());
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ObjectNode deleted = json.putObject("deleted");
    deleted.put("channel", release.channel());
    deleted.put("version", release.version().toString());
    json.setAll(withActive(release, request.context()));
    return HttpResponse.uncached(200, json.toString()).build();
  }

  /** What is active where the release is. */
  private ObjectNode withActive(Release release, RequestContext context) {
    ReleaseView view = uploads.freshView(context);
    Optional<Upload> active =
        release.artifact(AppPackage.TARGET).isPresent()
            ? uploads.latestPackage(view)
            : uploads.active(view, release.channel());
    JsonNode shown =
        active
            .<JsonNode>map(upload -> OtaJson.manifest(upload, addresses, context))
            .orElseGet(JsonNodeFactory.instance::nullNode);
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.set("active", shown);
    return json;
  }

  private static HttpResponse unknown() {
    return OtaJson.notFound("There is no such version.");
  }
}
