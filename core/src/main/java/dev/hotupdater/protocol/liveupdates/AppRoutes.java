package dev.hotupdater.protocol.liveupdates;

import dev.hotupdater.http.HttpResponse;
import dev.hotupdater.http.RouteRequest;
import dev.hotupdater.protocol.Backend;
import dev.hotupdater.release.App;
import dev.hotupdater.release.ChannelSettings;
import dev.hotupdater.release.ChannelSettingsJson;
import dev.hotupdater.release.DeliveryRules;
import dev.hotupdater.release.DeliveryRulesJson;
import dev.hotupdater.release.JsonFields;
import dev.hotupdater.release.LiveUpdateSettings;
import java.time.temporal.ChronoUnit;
import java.util.function.UnaryOperator;

/** What those ask who manage an app and its channels. */
record AppRoutes(Backend backend) {
  HttpResponse find(RouteRequest request) {
    return Answers.ok(Answers.app(Requests.knownApp(request, backend)));
  }

  /** The whole of what is said here takes the place of what was; channels are left alone. */
  HttpResponse put(RouteRequest request) {
    JsonFields fields = Requests.fields(request);
    String defaultChannel =
        fields.optionalText("default_channel").orElse(LiveUpdateSettings.DEFAULTS.defaultChannel());
    DeliveryRules rules = DeliveryRulesJson.read(fields.object("rules"));
    return changed(
        request, settings -> settings.withDefaultChannel(defaultChannel).withRules(rules));
  }

  HttpResponse putChannel(RouteRequest request) {
    String channel = Requests.channel(request);
    ChannelSettings said = ChannelSettingsJson.read(Requests.fields(request));
    return changed(request, settings -> settings.withChannel(channel, said));
  }

  HttpResponse deleteChannel(RouteRequest request) {
    String channel = Requests.channel(request);
    return changed(request, settings -> settings.withoutChannel(channel));
  }

  private HttpResponse changed(RouteRequest request, UnaryOperator<LiveUpdateSettings> change) {
    App app =
        backend
            .releases(request.context())
            .changeApp(
                Requests.app(request),
                backend.storage().clock().instant().truncatedTo(ChronoUnit.MILLIS),
                known -> known.withLiveUpdates(change.apply(known.liveUpdates())));
    return Answers.ok(Answers.app(app));
  }
}
