package dev.hotupdater.protocol.capacitor;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hotupdater.catalog.Devices;
import dev.hotupdater.context.RequestContext;
import dev.hotupdater.device.DeviceKey;
import dev.hotupdater.http.HttpResponse;
import dev.hotupdater.http.RouteRequest;
import dev.hotupdater.protocol.Backend;
import dev.hotupdater.release.App;
import dev.hotupdater.release.ChannelSettings;
import java.util.Optional;

/**
 * Lets devices see, choose and leave channels. Plugins that keep the choice on the device are told
 * whether it is allowed; the choice of all others is kept here. Safe for use by many threads.
 *
 * <p>Source: Capacitor protocols, section A8. An answer without an error has no field {@code
 * error}, not even an empty one.
 */
final class ChannelHandler {
  private static final int MAX_BODY_BYTES = CapacitorUpdateCheck.MAX_BODY_BYTES;
  private static final String ALLOW_SET = "allowSet";

  private final Backend backend;
  private final CheckOptions options;

  ChannelHandler(Backend backend, CheckOptions options) {
    this.backend = backend;
    this.options = options;
  }

  /** A device with its app. */
  private record Asking(App app, DeviceInfo device, Devices devices) {
    /** Keeps what the device says of itself, if that is something new. */
    void choose(Optional<String> channel) {
      DeviceKey key = device.requiredDevice();
      if (devices.chosenChannel(app.id(), key).equals(channel)) {
        return;
      }
      DeviceKey self = DeviceKey.self(key.value());
      channel.ifPresentOrElse(
          name -> devices.assign(app.id(), self, name), () -> devices.unassign(app.id(), self));
    }

    Optional<ChannelSettings> settings(String channel) {
      return app.liveUpdates().channel(channel);
    }

    boolean maySet(String channel) {
      return settings(channel).filter(ChannelSettings::selfAssignable).isPresent();
    }
  }

  private Asking asking(ClientFields fields, RequestContext context) {
    App app =
        backend
            .releases(context)
            .view()
            .app(DeviceInfo.app(fields))
            .orElseThrow(DeviceInfo::unknownApp);
    return new Asking(app, DeviceInfo.read(fields), backend.devices(context));
  }

  /** Answers a device that chooses a channel; with Electron, it may also leave one so. */
  HttpResponse set(RouteRequest request) {
    return Refusal.orAnswer(
        () -> {
          ClientFields fields = ClientFields.ofBody(request, MAX_BODY_BYTES);
          Asking asking = asking(fields, request.context());
          boolean leaves = fields.text("action").filter("unset"::equals).isPresent();
          return asking.device().client().isElectron() && leaves
              ? unset(asking)
              : set(asking, fields.text("channel"));
        });
  }

  /** Answers a device that leaves the channel that it has chosen. */
  HttpResponse unset(RouteRequest request) {
    return Refusal.orAnswer(
        () ->
            unset(asking(ClientFields.ofBodyOrQuery(request, MAX_BODY_BYTES), request.context())));
  }

  /** Answers a device that asks for its channel. */
  HttpResponse get(RouteRequest request) {
    return Refusal.orAnswer(
        () ->
            get(
                asking(ClientFields.ofBody(request, MAX_BODY_BYTES), request.context()),
                ALLOW_SET));
  }

  /** Answers a device that asks for all channels; with Electron, it may also ask for its own so. */
  HttpResponse list(RouteRequest request) {
    return Refusal.orAnswer(
        () -> {
          ClientFields fields = ClientFields.of(request.query());
          Asking asking = asking(fields, request.context());
          if (!asking.device().client().isElectron()) {
            return Answers.ok(ChannelList.of(asking.app(), asking.device()));
          }
          if (fields.text("action").filter("list"::equals).isEmpty()) {
            return get(asking, "allow_set");
          }
          ObjectNode json = Answers.object();
          json.set("channels", ChannelList.of(asking.app(), asking.device()));
          return Answers.ok(json);
        });
  }

  private static HttpResponse set(Asking asking, Optional<String> named) {
    asking.device().requiredDevice();
    String channel =
        named.orElseThrow(() -> Refusal.failed("missing_channel", "'channel' is missing."));
    ChannelSettings settings = asking.settings(channel).orElseThrow(ChannelHandler::notFound);
    if (!settings.selfAssignable()) {
      throw settings.isPublic()
          ? Refusal.failed(
              "public_channel_self_set_not_allowed",
              "The channel is public, but devices cannot choose it. Unset the channel to use the"
                  + " default one.")
          : Refusal.failed("channel_self_set_not_allowed", "Devices cannot choose this channel.");
    }
    refuseIfGiven(asking);
    // What was kept here before the plugin was updated is now with the device.
    asking.choose(
        asking.device().client().keepsChannel() ? Optional.empty() : Optional.of(channel));
    return Answers.ok(Answers.statusOk().put(ALLOW_SET, true));
  }

  private static HttpResponse unset(Asking asking) {
    refuseIfGiven(asking);
    asking.choose(Optional.empty());
    return Answers.ok(Answers.statusOk());
  }

  /** A device that an operator gave to a channel stays on it. */
  private static void refuseIfGiven(Asking asking) {
    DeviceKey key = asking.device().requiredDevice();
    if (asking
        .devices()
        .givenChannel(asking.app().id(), key, asking.device().custom())
        .isPresent()) {
      throw Refusal.failed(
          "cannot_override", "The device was given to a channel, and cannot choose another.");
    }
  }

  private HttpResponse get(Asking asking, String allowSet) {
    asking.device().requiredDevice();
    Optional<String> named = asking.device().defaultChannel();
    boolean isAssigned =
        ChannelChoice.assigned(asking.app(), asking.devices(), asking.device(), options)
            .isPresent();
    if (!isAssigned && named.filter(name -> !mayBeNamed(asking, name)).isPresent()) {
      throw Refusal.malformed("channel_not_found", "channel_not_found");
    }
    ChannelChoice choice =
        ChannelChoice.of(asking.app(), asking.devices(), asking.device(), named, options);
    return Answers.ok(
        Answers.object()
            .put("channel", choice.name())
            .put("status", choice.isAssigned() ? "override" : "default")
            .put(allowSet, asking.maySet(choice.name())));
  }

  private boolean mayBeNamed(Asking asking, String channel) {
    return asking.app().liveUpdates().canBeNamed(channel, options.unsaidChannels());
  }

  private static Refusal notFound() {
    return Refusal.failed("channel_not_found", "There is no such channel.");
  }
}
