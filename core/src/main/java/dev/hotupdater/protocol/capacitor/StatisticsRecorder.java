package dev.hotupdater.protocol.capacitor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hotupdater.catalog.Devices;
import dev.hotupdater.catalog.ReleaseView;
import dev.hotupdater.context.RequestContext;
import dev.hotupdater.device.DeviceEvent;
import dev.hotupdater.device.DeviceKey;
import dev.hotupdater.device.DeviceOutcome;
import dev.hotupdater.protocol.Backend;
import dev.hotupdater.release.App;
import dev.hotupdater.release.Release;
import java.util.Comparator;
import java.util.Optional;

/**
 * Records what became of releases on devices. What is told of versions that the server does not
 * know is not kept: everybody can tell anything. Safe for use by many threads.
 */
final class StatisticsRecorder {
  private final Backend backend;
  private final AskedApp asked;

  StatisticsRecorder(Backend backend, AskedApp asked) {
    this.backend = backend;
    this.asked = asked;
    // Both throw if the database does not record what is needed.
    backend.releases(RequestContext.none());
    backend.devices(RequestContext.none());
  }

  /**
   * Why an event is not taken.
   *
   * @param error a code
   * @param message a sentence
   */
  record Mistake(String error, String message) {}

  /** Takes an event; what is returned is what is wrong with it. */
  Optional<Mistake> record(JsonNode event, RequestContext context) {
    if (!(event instanceof ObjectNode object)) {
      return Optional.of(new Mistake("invalid_event", "An event is a JSON object."));
    }
    try {
      record(ClientFields.of(object), context);
      return Optional.empty();
    } catch (Refusal e) {
      return Optional.of(new Mistake(e.error(), String.valueOf(e.getMessage())));
    }
  }

  private void record(ClientFields fields, RequestContext context) {
    DeviceInfo device = DeviceInfo.read(fields);
    DeviceKey key = device.requiredDevice();
    ReleaseView view = backend.releases(context).view();
    App app = asked.in(view, asked.id(fields));
    String action =
        fields
            .text("action")
            .orElseThrow(() -> Refusal.malformed("missing_action", "'action' is missing."));
    Optional<DeviceOutcome> outcome = Outcomes.of(action, device.client());
    if (outcome.isEmpty()) {
      return;
    }
    Devices devices = backend.devices(context);
    release(view, app, devices, device)
        .ifPresent(
            release ->
                devices.record(
                    new DeviceEvent(
                        app.id(),
                        key.value(),
                        release.id(),
                        release.version().toString(),
                        release.channel(),
                        device.platform(),
                        outcome.get(),
                        action,
                        EventTime.of(
                            fields.text("timestamp"), backend.storage().clock().instant()))));
  }

  /** Of several releases with this version, it is the one on the channel of the device. */
  private static Optional<Release> release(
      ReleaseView view, App app, Devices devices, DeviceInfo device) {
    Optional<String> version = device.versionName().map(StatisticsRecorder::withoutFile);
    if (version.isEmpty()) {
      return Optional.empty();
    }
    String channel =
        device
            .device()
            .flatMap(key -> devices.assignedChannel(app.id(), key, device.custom()))
            .or(device::defaultChannel)
            .orElse(app.liveUpdates().defaultChannel());
    return view.channels(app.id()).stream()
        .sorted(Comparator.comparing(name -> !name.equals(channel)))
        .flatMap(name -> view.liveUpdates(app.id(), name).release(version.get()).stream())
        .findFirst();
  }

  /** A file of a bundle is named behind it, as in {@code 1.3.0:index.html}. */
  private static String withoutFile(String versionName) {
    int colon = versionName.indexOf(':');
    return colon < 0 ? versionName : versionName.substring(0, colon);
  }
}
