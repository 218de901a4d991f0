package dev.hotupdater.protocol.capacitor;

import dev.hotupdater.catalog.Devices;
import dev.hotupdater.catalog.ReleaseView;
import dev.hotupdater.context.RequestContext;
import dev.hotupdater.device.DeviceKey;
import dev.hotupdater.http.HttpResponse;
import dev.hotupdater.liveupdate.LiveUpdateCheck;
import dev.hotupdater.liveupdate.LiveUpdateDecision;
import dev.hotupdater.liveupdate.LiveUpdateDecision.Offer;
import dev.hotupdater.liveupdate.LiveUpdateDecision.RevertToBuiltin;
import dev.hotupdater.liveupdate.LiveUpdateDecision.Withheld;
import dev.hotupdater.protocol.Backend;
import dev.hotupdater.release.App;
import dev.hotupdater.release.AppId;
import dev.hotupdater.release.ReleaseVersion;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Finds out what a device gets, and answers so that it understands. Safe for use by many threads.
 */
final class UpdateCheckHandler {
  private final Backend backend;
  private final CheckOptions options;
  private final AskedApp asked;
  private final OfferAnswers offers;
  private final NoUpdateAnswers noUpdates;

  /**
   * What a device gets.
   *
   * @param app its app
   * @param channel the channel that it is on
   */
  private record Decided(App app, String channel, LiveUpdateDecision decision) {}

  UpdateCheckHandler(Backend backend, CheckOptions options, Manifests manifests) {
    this.backend = backend;
    this.options = options;
    asked = new AskedApp(options.app());
    // Both throw if the database does not record what is needed.
    backend.releases(RequestContext.none());
    backend.devices(RequestContext.none());
    offers = new OfferAnswers(backend.storage(), manifests);
    noUpdates = new NoUpdateAnswers(backend.storage());
  }

  /**
   * The answer to a check.
   *
   * @throws Refusal if it cannot be decided about
   */
  HttpResponse answer(ClientFields fields, RequestContext context) {
    AppId id = asked.id(fields);
    DeviceInfo device = DeviceInfo.read(fields);
    if (options.app().isEmpty()) {
      device.requiredDevice();
    }
    if (!device.client().isSupported()) {
      throw Refusal.failed(
          "unsupported_plugin_version", "This version of the updater plugin is not supported.");
    }
    boolean isLegacy = options.legacyEmptyAnswer() && device.client().isPlain();
    try {
      Decided decided = decide(id, device, named(fields, device), context);
      if (decided.decision() instanceof Offer offer) {
        return offers.answer(offer, lastingAddresses(decided), device, context);
      }
      return isLegacy
          ? NoUpdateAnswers.LEGACY_EMPTY
          : answerWithoutOffer(decided.decision(), device, context);
    } catch (Refusal e) {
      if (isLegacy && e.isBlocked()) {
        return NoUpdateAnswers.LEGACY_EMPTY;
      }
      throw e;
    }
  }

  /** An address that works for ever can be guessed: where not everybody may ask, there is none. */
  private Optional<BundleAddresses> lastingAddresses(Decided decided) {
    return options
        .addresses()
        .filter(
            any ->
                decided
                    .app()
                    .liveUpdates()
                    .canBeNamed(decided.channel(), options.unsaidChannels()));
  }

  private Decided decide(
      AppId id, DeviceInfo device, Optional<String> named, RequestContext context) {
    ReleaseView view = backend.releases(context).view();
    App app = asked.in(view, id);
    Devices devices = backend.devices(context);
    String channel = ChannelChoice.of(app, devices, device, named, options).name();
    LiveUpdateDecision decision =
        view.liveUpdates(id, channel)
            .decide(check(id, device, devices), device.nativeVersionRule());
    return new Decided(app, channel, decision);
  }

  private Optional<String> named(ClientFields fields, DeviceInfo device) {
    Optional<String> channel =
        options.readsChannel() ? fields.text("channel") : Optional.<String>empty();
    return channel.or(device::defaultChannel);
  }

  private static LiveUpdateCheck check(AppId app, DeviceInfo device, Devices devices) {
    return new LiveUpdateCheck(
        device.platform(),
        device.nativeVersion(),
        device.current(),
        device.production(),
        device.emulator(),
        device.cohort(),
        failures(app, device.device(), devices));
  }

  private static Predicate<ReleaseVersion> failures(
      AppId app, Optional<DeviceKey> device, Devices devices) {
    return version ->
        device.filter(key -> devices.hasFailed(app, key.value(), version.toString())).isPresent();
  }

  private HttpResponse answerWithoutOffer(
      LiveUpdateDecision decision, DeviceInfo device, RequestContext context) {
    if (decision instanceof Withheld withheld) {
      Optional<HttpResponse> reason = WithheldAnswers.answer(withheld, device);
      if (reason.isPresent()) {
        return reason.get();
      }
    }
    return decision instanceof RevertToBuiltin && device.client().revertsToBuiltin()
        ? NoUpdateAnswers.REVERT_TO_BUILTIN
        : noUpdates.answer(device, context);
  }
}
