package dev.hotupdater.protocol.capacitor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hotupdater.catalog.ReleaseView;
import dev.hotupdater.context.RequestContext;
import dev.hotupdater.http.HttpResponse;
import dev.hotupdater.http.RouteRequest;
import dev.hotupdater.liveupdate.WebArtifact;
import dev.hotupdater.protocol.Backend;
import dev.hotupdater.release.App;
import dev.hotupdater.release.Artifact;
import dev.hotupdater.release.InvalidReleaseException;
import dev.hotupdater.release.Release;
import dev.hotupdater.release.ReleaseState;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tells how large the files are that a device would have to load. What is known of a release is all
 * that is looked at: an address that a client names is never asked. Safe for use by many threads.
 *
 * <p>Source: Capacitor protocols, section A6.
 */
final class ManifestSizeHandler {
  /** The most bytes that a device may ask with. */
  static final int MAX_BODY_BYTES = 2 * 1024 * 1024;

  /** The most files that a device may ask for: as many as a bundle can have. */
  static final int MAX_FILES = 20_000;

  private static final List<String> ECHOED = List.of("file_name", "file_hash", "download_url");

  private final Backend backend;
  private final Manifests manifests;

  private record FileKey(String name, String sha256) {}

  ManifestSizeHandler(Backend backend, Manifests manifests) {
    this.backend = backend;
    this.manifests = manifests;
  }

  HttpResponse answer(RouteRequest request) {
    return Refusal.orAnswer(
        () -> answer(ClientFields.bodyObject(request, MAX_BODY_BYTES), request.context()));
  }

  private HttpResponse answer(ObjectNode body, RequestContext context) {
    ClientFields fields = ClientFields.of(body);
    ReleaseView view = backend.releases(context).view();
    JsonNode asked = body.path("manifest");
    if (asked.size() > MAX_FILES) {
      throw Refusal.malformed(
          "too_many_files", "At most " + MAX_FILES + " files can be asked for at once.");
    }
    App app = view.app(DeviceInfo.app(fields)).orElseThrow(DeviceInfo::unknownApp);
    DeviceInfo device = DeviceInfo.read(fields);
    Optional<String> version = fields.text("version");
    Map<FileKey, Long> sizes = new HashMap<>();
    view.releases(app.id()).stream()
        .filter(release -> release.state() == ReleaseState.PUBLISHED)
        .filter(release -> version.filter(release.version().toString()::equals).isPresent())
        .flatMap(release -> files(release, device, context).stream())
        .forEach(file -> sizes.put(new FileKey(file.name(), file.sha256()), file.size()));
    return Answers.ok(sizes(asked, sizes));
  }

  private List<DeltaFile> files(Release release, DeviceInfo device, RequestContext context) {
    return WebArtifact.in(release, device.platform())
        .flatMap(ManifestSizeHandler::manifestUri)
        .map(uri -> manifests.files(uri, context).files())
        .orElseGet(List::of);
  }

  private static Optional<String> manifestUri(Artifact artifact) {
    try {
      return WebArtifact.of(artifact).manifestUri();
    } catch (InvalidReleaseException e) {
      return Optional.empty();
    }
  }

  private static ObjectNode sizes(JsonNode asked, Map<FileKey, Long> sizes) {
    ObjectNode json = Answers.object();
    json.put("totalSize", 0).put("knownFiles", 0).put("unknownFiles", 0);
    ArrayNode files = json.putArray("files");
    long total = 0;
    int known = 0;
    // Of what is no array there are no elements.
    JsonNode elements = asked.isArray() ? asked : json.arrayNode();
    for (JsonNode file : elements) {
      if (!file.isObject()) {
        continue;
      }
      ObjectNode result = files.addObject();
      for (String name : ECHOED) {
        result.put(name, file.path(name).asText(""));
      }
      Optional<Long> size =
          Optional.ofNullable(
              sizes.get(
                  new FileKey(
                      file.path("file_name").asText(""), file.path("file_hash").asText(""))));
      size.ifPresentOrElse(
          bytes -> result.put("size", bytes), () -> result.put("error", "unknown_file"));
      total += size.orElse(0L);
      known += size.isPresent() ? 1 : 0;
    }
    return json.put("totalSize", total)
        .put("knownFiles", known)
        .put("unknownFiles", elements.size() - known);
  }
}
