package dev.hotupdater.protocol.capacitor.ota;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hotupdater.context.RequestContext;
import dev.hotupdater.http.HttpResponse;
import dev.hotupdater.release.Release;
import dev.hotupdater.release.ReleaseState;

/** What answers say of uploads. The fields of the worker's manifest and history are among them. */
final class OtaJson {
  private OtaJson() {}

  /** An upload that devices can get. */
  static ObjectNode manifest(Upload upload, OtaAddresses addresses, RequestContext context) {
    Release release = upload.release();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("version", release.version().toString());
    json.put("channel", release.channel());
    json.put("key", upload.key().toString());
    json.put("checksum", upload.checksum());
    upload.encryption().ifPresent(how -> json.put("session_key", how.sessionKey()));
    json.put("size", upload.artifact().size());
    json.put("url", addresses.url(upload, context));
    json.put("updated", upload.publishedAt().toString());
    return json;
  }

  /** An upload of the past. */
  static ObjectNode historyEntry(Upload upload, boolean active) {
    Release release = upload.release();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("channel", release.channel());
    json.put("version", release.version().toString());
    json.put("platform", upload.artifact().target().target());
    json.put("filename", upload.key().toString());
    json.put("uploaded_at", upload.artifact().createdAt().toString());
    json.put("checksum", upload.checksum());
    json.put("size", upload.artifact().size());
    json.put("active", active);
    json.put("removed", release.state() == ReleaseState.REMOVED);
    return json;
  }

  static HttpResponse notFound(String error) {
    return HttpResponse.uncached(
            404, JsonNodeFactory.instance.objectNode().put("error", error).toString())
        .build();
  }
}
