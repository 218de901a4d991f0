package dev.hotupdater.protocol.synckit;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.hotupdater.http.HttpResponse;
import dev.hotupdater.http.RouteRequest;
import dev.hotupdater.protocol.Backend;
import dev.hotupdater.publishing.ReleasePublishing;
import dev.hotupdater.release.AppId;
import dev.hotupdater.release.Release;
import dev.hotupdater.release.ReleaseId;
import java.util.function.Function;

/** What publishers ask of releases. */
record ReleaseRoutes(ReleasePublishing publishing, Backend backend) {
  HttpResponse create(AppId app, RouteRequest request) {
    return Answers.ok(
        AnswerJson.release(
            publishing.create(app, RequestFields.release(request), request.context())));
  }

  /** A plain array, those created last first. */
  HttpResponse list(AppId app, RouteRequest request) {
    publishing.app(app, request.context());
    ArrayNode json = JsonNodeFactory.instance.arrayNode();
    backend
        .releases(request.context())
        .view()
        .releases(app)
        .forEach(release -> json.add(AnswerJson.release(release)));
    return Answers.ok(json);
  }

  HttpResponse find(AppId app, RouteRequest request) {
    return one(request, id -> publishing.release(app, id, request.context()));
  }

  HttpResponse change(AppId app, RouteRequest request) {
    return one(
        request,
        id ->
            publishing.changeRollout(
                app, id, RequestFields.rolloutChange(request), request.context()));
  }

  HttpResponse publish(AppId app, RouteRequest request) {
    return one(request, id -> publishing.publish(app, id, request.context()));
  }

  HttpResponse yank(AppId app, RouteRequest request) {
    return one(request, id -> publishing.yank(app, id, request.context()));
  }

  HttpResponse delete(AppId app, RouteRequest request) {
    boolean existed = publishing.delete(app, PathIds.release(request), request.context());
    return existed ? Answers.success() : Answers.notFound("Release not found");
  }

  private static HttpResponse one(RouteRequest request, Function<ReleaseId, Release> work) {
    return Answers.ok(AnswerJson.releaseWithArtifacts(work.apply(PathIds.release(request))));
  }
}
