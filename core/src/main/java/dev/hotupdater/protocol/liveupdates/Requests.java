package dev.hotupdater.protocol.liveupdates;

import dev.hotupdater.http.RouteRequest;
import dev.hotupdater.protocol.Backend;
import dev.hotupdater.protocol.RequestJson;
import dev.hotupdater.publishing.UnknownAppException;
import dev.hotupdater.publishing.UnknownReleaseException;
import dev.hotupdater.release.App;
import dev.hotupdater.release.AppId;
import dev.hotupdater.release.JsonFields;
import dev.hotupdater.release.ReleaseId;
import dev.hotupdater.release.ReleaseRules;

/** What is in the paths and bodies of requests. Fields that are not known are left alone. */
final class Requests {
  private static final int MAX_BODY_BYTES = 64 * 1024;

  private Requests() {}

  static AppId app(RouteRequest request) {
    return AppId.of(request.parameter("app_id"));
  }

  /**
   * The app in the path, as the database has it.
   *
   * @throws UnknownAppException if there is no such app
   */
  static App knownApp(RouteRequest request, Backend backend) {
    AppId id = app(request);
    return backend
        .releases(request.context())
        .findApp(id)
        .orElseThrow(() -> UnknownAppException.of(id));
  }

  static String channel(RouteRequest request) {
    String channel = request.parameter("channel");
    ReleaseRules.checkChannel(channel);
    return channel;
  }

  static ReleaseId release(RouteRequest request) {
    return ReleaseId.parse(request.parameter("release_id"))
        .orElseThrow(() -> UnknownReleaseException.notAnId("release_id"));
  }

  static JsonFields fields(RouteRequest request) {
    return JsonFields.of(RequestJson.read(request, MAX_BODY_BYTES));
  }
}
