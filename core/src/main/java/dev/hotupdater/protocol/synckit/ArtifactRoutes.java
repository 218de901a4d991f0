package dev.hotupdater.protocol.synckit;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hotupdater.http.HttpResponse;
import dev.hotupdater.http.RouteRequest;
import dev.hotupdater.protocol.StorageAccess;
import dev.hotupdater.publishing.AnnouncedUpload;
import dev.hotupdater.publishing.ReleasePublishing;
import dev.hotupdater.release.AppId;

/** What publishers ask of the artifacts of a release. */
record ArtifactRoutes(ReleasePublishing publishing, StorageAccess storage) {
  HttpResponse announce(AppId app, RouteRequest request) {
    AnnouncedUpload upload =
        publishing.announceArtifact(
            app, PathIds.release(request), RequestFields.artifact(request), request.context());
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("upload_url", storage.uploadUrl(upload.address(), request.context()));
    json.put("s3_key", upload.key().toString());
    json.put("artifact_id", upload.artifact().id().value());
    json.put("upload_method", upload.address().method());
    ObjectNode headers = json.putObject("upload_headers");
    upload.address().headers().forEach(headers::put);
    json.put("expires_at", AnswerJson.time(upload.address().expiry()));
    json.put("state", upload.artifact().state().jsonName());
    return Answers.ok(json);
  }

  HttpResponse complete(AppId app, RouteRequest request) {
    return Answers.ok(
        AnswerJson.artifact(
            publishing.complete(
                app,
                PathIds.release(request),
                PathIds.artifact(request),
                RequestFields.claims(request),
                request.context())));
  }

  HttpResponse withdraw(AppId app, RouteRequest request) {
    publishing.withdrawArtifact(
        app, PathIds.release(request), PathIds.artifact(request), request.context());
    return Answers.success();
  }
}
