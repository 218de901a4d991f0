package dev.hotupdater.protocol.synckit;

import dev.hotupdater.http.HttpResponse;
import dev.hotupdater.http.RouteRequest;
import dev.hotupdater.publishing.ReleasePublishing;
import dev.hotupdater.release.AppId;

/** What publishers ask of an app itself. */
record AppRoutes(ReleasePublishing publishing) {
  HttpResponse setSlug(AppId app, RouteRequest request) {
    return Answers.ok(
        AnswerJson.slug(publishing.setSlug(app, RequestFields.slug(request), request.context())));
  }

  HttpResponse setKeys(AppId app, RouteRequest request) {
    return Answers.ok(
        AnswerJson.app(publishing.setKeys(app, RequestFields.keys(request), request.context())));
  }

  HttpResponse find(AppId app, RouteRequest request) {
    return Answers.ok(AnswerJson.app(publishing.app(app, request.context())));
  }
}
