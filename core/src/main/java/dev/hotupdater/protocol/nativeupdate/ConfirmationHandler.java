package dev.hotupdater.protocol.nativeupdate;

import dev.hotupdater.catalog.ReleaseView;
import dev.hotupdater.device.DeviceEvent;
import dev.hotupdater.device.DeviceOutcome;
import dev.hotupdater.http.HttpResponse;
import dev.hotupdater.http.RouteRequest;
import dev.hotupdater.protocol.Backend;
import dev.hotupdater.protocol.RequestJson;
import dev.hotupdater.release.App;
import dev.hotupdater.release.JsonFields;
import dev.hotupdater.release.Release;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Records what apps tell of the updates that they were given. Safe for use by many threads. */
final class ConfirmationHandler {
  private static final int MAX_BODY_BYTES = 16 * 1024;

  private final Backend backend;
  private final AppLookup apps;

  ConfirmationHandler(Backend backend, AppLookup apps) {
    this.backend = backend;
    this.apps = apps;
  }

  HttpResponse answer(RouteRequest request) {
    JsonFields body = JsonFields.of(RequestJson.read(request, MAX_BODY_BYTES));
    ReleaseView view = backend.releases(request.context()).view();
    Optional<App> app = apps.of(body.optionalText(AppLookup.PARAMETER)).flatMap(view::app);
    // All fields are read before anything is looked up: who calls learns of mistakes first.
    String version = body.text("version");
    String platform = body.text("platform").toLowerCase(Locale.ROOT);
    String device = body.text("deviceId");
    boolean success =
        body.optionalBool("success")
            .orElseThrow(() -> body.invalid("success", "must be true or false"));
    if (app.isEmpty()) {
      return AppLookup.unknownApp();
    }
    Optional<Release> release = find(view, app.get(), body.optionalText("channel"), version);
    if (release.isEmpty()) {
      return HttpResponse.uncached(404, "{\"error\":\"The app has no bundle of this version.\"}")
          .build();
    }
    backend
        .devices(request.context())
        .record(
            new DeviceEvent(
                app.get().id(),
                device,
                release.get().id(),
                version,
                release.get().channel(),
                platform,
                success ? DeviceOutcome.INSTALLED : DeviceOutcome.FAILED,
                success ? "confirm_success" : "confirm_failure",
                Instant.now().truncatedTo(ChronoUnit.MILLIS)));
    return HttpResponse.uncached(202, "{\"success\":true}").build();
  }

  /** The body need not name the channel: the default one is the likeliest. */
  private static Optional<Release> find(
      ReleaseView view, App app, Optional<String> channel, String version) {
    Stream<String> channels =
        channel
            .map(Stream::of)
            .orElseGet(
                () ->
                    Stream.concat(
                        Stream.of(app.liveUpdates().defaultChannel()),
                        view.channels(app.id()).stream()));
    return channels
        .flatMap(name -> view.liveUpdates(app.id(), name).release(version).stream())
        .findFirst();
  }
}
