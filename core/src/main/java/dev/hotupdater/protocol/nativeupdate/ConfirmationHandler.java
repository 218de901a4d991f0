package dev.hotupdater.protocol.nativeupdate;

import dev.hotupdater.catalog.Devices;
import dev.hotupdater.catalog.ReleaseView;
import dev.hotupdater.device.DeviceEvent;
import dev.hotupdater.device.DeviceKey;
import dev.hotupdater.device.DeviceOutcome;
import dev.hotupdater.http.HttpResponse;
import dev.hotupdater.http.RouteRequest;
import dev.hotupdater.protocol.Backend;
import dev.hotupdater.protocol.RequestJson;
import dev.hotupdater.release.App;
import dev.hotupdater.release.JsonFields;
import dev.hotupdater.release.LiveUpdateSettings;
import dev.hotupdater.release.Release;
import dev.hotupdater.release.ReleaseState;
import dev.hotupdater.release.UnsaidChannels;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Records what apps tell of the updates that they were given. Safe for use by many threads. */
final class ConfirmationHandler {
  private static final int MAX_BODY_BYTES = 16 * 1024;

  /** What no device was ever given is told to nobody. */
  private static final Set<ReleaseState> PUBLISHED_ONCE =
      Set.of(ReleaseState.PUBLISHED, ReleaseState.YANKED, ReleaseState.REMOVED);

  private final Backend backend;
  private final AppLookup apps;
  private final UnsaidChannels unsaidChannels;

  ConfirmationHandler(Backend backend, AppLookup apps, UnsaidChannels unsaidChannels) {
    this.backend = backend;
    this.apps = apps;
    this.unsaidChannels = unsaidChannels;
  }

  HttpResponse answer(RouteRequest request) {
    JsonFields body = JsonFields.of(RequestJson.read(request, MAX_BODY_BYTES));
    ReleaseView view = backend.releases(request.context()).view();
    Optional<App> app = apps.of(body.optionalText(AppLookup.PARAMETER)).flatMap(view::app);
    // All fields are read before anything is looked up: who calls learns of mistakes first.
    String version = body.text("version");
    String platform = body.text("platform").toLowerCase(Locale.ROOT);
    DeviceKey device = DeviceKey.device(body.text("deviceId"));
    boolean success =
        body.optionalBool("success")
            .orElseThrow(() -> body.invalid("success", "must be true or false"));
    if (app.isEmpty()) {
      return AppLookup.unknownApp();
    }
    Devices devices = backend.devices(request.context());
    LiveUpdateSettings settings = app.get().liveUpdates();
    Optional<String> assigned =
        devices.effectiveChannel(
            app.get().id(),
            device,
            Optional.empty(),
            name -> settings.canBeNamed(name, unsaidChannels));
    Optional<Release> release =
        channels(view, app.get(), assigned, body.optionalText("channel"))
            .flatMap(name -> view.liveUpdates(app.get().id(), name).release(version).stream())
            .filter(each -> PUBLISHED_ONCE.contains(each.state()))
            .findFirst();
    if (release.isEmpty()) {
      return HttpResponse.uncached(404, "{\"error\":\"The app has no bundle of this version.\"}")
          .build();
    }
    devices.record(
        new DeviceEvent(
            app.get().id(),
            device.value(),
            release.get().id(),
            version,
            release.get().channel(),
            platform,
            success ? DeviceOutcome.INSTALLED : DeviceOutcome.FAILED,
            success ? "confirm_success" : "confirm_failure",
            Instant.now().truncatedTo(ChronoUnit.MILLIS)));
    return HttpResponse.uncached(202, "{\"success\":true}").build();
  }

  /**
   * The channels that the bundle may be on: the one that the body names, or else all, those first
   * that it is likeliest on. To others than its devices a private channel is not there.
   */
  private Stream<String> channels(
      ReleaseView view, App app, Optional<String> assigned, Optional<String> named) {
    LiveUpdateSettings settings = app.liveUpdates();
    Stream<String> likeliest =
        Stream.concat(assigned.stream(), Stream.of(settings.defaultChannel()));
    return named
        .map(Stream::of)
        .orElseGet(() -> Stream.concat(likeliest, view.channels(app.id()).stream()))
        .filter(
            name ->
                assigned.filter(name::equals).isPresent()
                    || settings.canBeNamed(name, unsaidChannels));
  }
}
