package dev.hotupdater.protocol.nativeupdate;

import dev.hotupdater.bundle.Cohort;
import dev.hotupdater.catalog.Devices;
import dev.hotupdater.device.DeviceKey;
import dev.hotupdater.device.InvalidDeviceException;
import dev.hotupdater.http.QueryParameters;
import dev.hotupdater.http.RouteRequest;
import dev.hotupdater.liveupdate.CurrentBundle;
import dev.hotupdater.liveupdate.LiveUpdateCheck;
import dev.hotupdater.liveupdate.NativeVersion;
import dev.hotupdater.liveupdate.WebArtifact;
import dev.hotupdater.protocol.Backend;
import dev.hotupdater.release.App;
import dev.hotupdater.release.ReleaseVersion;
import dev.hotupdater.release.UnsaidChannels;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads what a client says of itself. Safe for use by many threads.
 *
 * <p>Source: Capacitor protocols, section C1: clients on Android and iOS tell their channel and
 * nothing else, and what the others call the version of the app is that of their bundle.
 */
final class ClientReader {
  private static final String DEVICE_HEADER = "X-Device-Id";
  private static final Pattern PLATFORM = Pattern.compile("[a-z][a-z0-9_-]{0,31}");

  private final Backend backend;
  private final UnsaidChannels unsaidChannels;

  ClientReader(Backend backend, UnsaidChannels unsaidChannels) {
    this.backend = backend;
    this.unsaidChannels = unsaidChannels;
  }

  /**
   * A client.
   *
   * @param channel its channel
   * @param isAllowed whether it may be given what the channel has
   * @param check what it runs
   */
  record Client(String channel, boolean isAllowed, LiveUpdateCheck check) {}

  Client read(RouteRequest request, QueryParameters query, App app) {
    Devices devices = backend.devices(request.context());
    Optional<DeviceKey> device = device(request, query);
    Optional<String> assigned =
        device.flatMap(
            key ->
                devices.effectiveChannel(
                    app.id(),
                    key,
                    Optional.empty(),
                    name -> app.liveUpdates().canBeNamed(name, unsaidChannels)));
    String channel =
        assigned
            .or(() -> text(query, "channel"))
            .orElseGet(() -> app.liveUpdates().defaultChannel());
    Predicate<ReleaseVersion> failed =
        version ->
            device
                .filter(key -> devices.hasFailed(app.id(), key.value(), version.toString()))
                .isPresent();
    return new Client(
        channel,
        assigned.isPresent() || app.liveUpdates().canBeNamed(channel, unsaidChannels),
        new LiveUpdateCheck(
            platform(request, query),
            text(query, "nativeVersion").flatMap(NativeVersion::parse),
            current(query),
            true,
            false,
            device.map(key -> Cohort.defaultFor(key.value())),
            failed));
  }

  /** Clients do not tell whether this is the bundle that came with the app. */
  private static CurrentBundle current(QueryParameters query) {
    return text(query, "currentVersion")
        .or(() -> text(query, "version"))
        .<CurrentBundle>map(CurrentBundle.BuiltinOrInstalled::new)
        .orElseGet(CurrentBundle.Builtin::new);
  }

  /** A text that is no id of a device is none: the client gets what everybody gets. */
  private static Optional<DeviceKey> device(RouteRequest request, QueryParameters query) {
    return text(query, "deviceId")
        .or(() -> request.header(DEVICE_HEADER))
        .flatMap(
            id -> {
              try {
                return Optional.of(DeviceKey.device(id));
              } catch (InvalidDeviceException e) {
                return Optional.empty();
              }
            });
  }

  private static String platform(RouteRequest request, QueryParameters query) {
    return text(query, "platform")
        .map(name -> name.toLowerCase(Locale.ROOT))
        .filter(PLATFORM.asMatchPredicate())
        .or(() -> request.header("User-Agent").flatMap(ClientReader::platformOf))
        .orElse(WebArtifact.ANY_PLATFORM);
  }

  /** The HTTP clients that the plugin uses. */
  private static Optional<String> platformOf(String userAgent) {
    if (userAgent.startsWith("okhttp/") || userAgent.startsWith("Dalvik/")) {
      return Optional.of("android");
    }
    return Stream.of("CFNetwork/", "Darwin/").anyMatch(userAgent::contains)
        ? Optional.of("ios")
        : Optional.empty();
  }

  private static Optional<String> text(QueryParameters query, String name) {
    return query.first(name).filter(text -> !text.isEmpty());
  }
}
