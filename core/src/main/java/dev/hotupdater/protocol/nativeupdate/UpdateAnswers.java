package dev.hotupdater.protocol.nativeupdate;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hotupdater.http.HttpResponse;
import dev.hotupdater.release.Artifact;
import dev.hotupdater.release.ArtifactSignature;
import dev.hotupdater.release.Release;
import dev.hotupdater.release.ReleaseVersion;
import java.util.Locale;
import java.util.Optional;

/**
 * What clients are told, under all the names that the documents of the plugin and its clients have
 * for it.
 *
 * <p>Source: Capacitor protocols, section C2.
 */
final class UpdateAnswers {
  private UpdateAnswers() {}

  /** The answer with an update that is downloaded from this URL. */
  static HttpResponse update(
      Release release,
      Artifact artifact,
      Optional<ArtifactSignature> signature,
      Optional<ReleaseVersion> minimum,
      String url) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("available", true).put("updateAvailable", true);
    String version = release.version().toString();
    json.put("version", version).put("latestVersion", version);
    json.put("channel", release.channel());
    json.put("url", url).put("downloadUrl", url).put("bundleUrl", url);
    String notes = release.notes();
    json.put("notes", notes).put("releaseNotes", notes).put("description", notes);
    json.put("checksum", artifact.sha256().orElseThrow());
    signature.ifPresent(each -> json.put("signature", each.text()));
    json.put("size", artifact.size());
    json.put("mandatory", release.mandatory());
    minimum.ifPresent(least -> putMinimum(json, least));
    return answer(200, json);
  }

  /**
   * The answer without one.
   *
   * @param status 200 for callers that look at the body, 404 for clients that do not
   * @param withheld the release that is not for the client; absent if there is none
   * @param minimum the lowest native version that it works with
   */
  static HttpResponse nothing(
      int status, String reason, Optional<Release> withheld, Optional<ReleaseVersion> minimum) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("available", false).put("updateAvailable", false);
    json.put("reason", reason.toLowerCase(Locale.ROOT));
    withheld.ifPresent(release -> json.put("latestVersion", release.version().toString()));
    minimum.ifPresent(least -> putMinimum(json, least));
    return answer(status, json);
  }

  private static void putMinimum(ObjectNode json, ReleaseVersion minimum) {
    json.put("minAppVersion", minimum.toString()).put("minNativeVersion", minimum.toString());
  }

  static HttpResponse answer(int status, ObjectNode json) {
    return HttpResponse.uncached(status, json.toString())
        .header("X-Content-Type-Options", "nosniff")
        .build();
  }
}
