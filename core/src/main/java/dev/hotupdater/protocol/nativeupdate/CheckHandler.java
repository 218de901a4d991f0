package dev.hotupdater.protocol.nativeupdate;

import dev.hotupdater.http.HttpResponse;
import dev.hotupdater.http.RouteRequest;
import dev.hotupdater.liveupdate.LiveUpdateDecision;
import dev.hotupdater.liveupdate.LiveUpdateDecision.Offer;
import dev.hotupdater.liveupdate.LiveUpdateDecision.UpToDate;
import dev.hotupdater.liveupdate.LiveUpdateDecision.Withheld;
import dev.hotupdater.liveupdate.NativeVersionRule;
import dev.hotupdater.liveupdate.WebArtifact;
import dev.hotupdater.protocol.Backend;
import dev.hotupdater.protocol.nativeupdate.ClientReader.Client;
import dev.hotupdater.release.App;
import dev.hotupdater.release.Artifact;
import dev.hotupdater.release.ArtifactSignature;
import dev.hotupdater.release.Release;
import dev.hotupdater.release.ReleaseVersion;
import dev.hotupdater.release.UnsaidChannels;
import java.util.Optional;

/** Answers update checks. Safe for use by many threads. */
final class CheckHandler {
  private static final int NO_UPDATE = 200;

  /** The plugin on Android takes every answer with another kind of status for an update. */
  private static final int NO_UPDATE_FOR_PLUGIN = 404;

  private final Backend backend;
  private final AppLookup apps;
  private final ClientReader clients;
  private final Addresses addresses;
  private final UnsaidChannels unsaidChannels;
  private final Optional<String> keyId;

  /**
   * Creates it.
   *
   * @param keyId the key whose signatures clients verify; absent if they get the first one of each
   *     bundle
   */
  CheckHandler(
      Backend backend,
      AppLookup apps,
      Addresses addresses,
      UnsaidChannels unsaidChannels,
      Optional<String> keyId) {
    this.backend = backend;
    this.apps = apps;
    this.clients = new ClientReader(backend, unsaidChannels);
    this.addresses = addresses;
    this.unsaidChannels = unsaidChannels;
    this.keyId = keyId;
  }

  /** Answers the documented address, which JavaScript of the app asks. */
  HttpResponse answer(RouteRequest request) {
    return find(request)
        .map(app -> answer(request, app, NO_UPDATE))
        .orElseGet(AppLookup::unknownApp);
  }

  /** Answers the address that the plugin asks by itself. */
  HttpResponse answerPlugin(RouteRequest request) {
    return find(request)
        .map(app -> answer(request, app, NO_UPDATE_FOR_PLUGIN))
        .orElseGet(() -> nothing(NO_UPDATE_FOR_PLUGIN, "unknown_app"));
  }

  private Optional<App> find(RouteRequest request) {
    return apps.of(request, request.query())
        .flatMap(id -> backend.releases(request.context()).view().app(id));
  }

  private HttpResponse answer(RouteRequest request, App app, int noUpdate) {
    Client client = clients.read(request, request.query(), app);
    if (!client.isAllowed()) {
      return nothing(noUpdate, "private_channel");
    }
    LiveUpdateDecision decision =
        backend
            .releases(request.context())
            .view()
            .liveUpdates(app.id(), client.channel())
            .decide(client.check(), NativeVersionRule.NEVER_TOLD);
    if (decision instanceof Offer offer) {
      return offer(request, app, offer, noUpdate);
    }
    if (decision instanceof Withheld withheld) {
      return UpdateAnswers.nothing(
          noUpdate,
          withheld.cause().name(),
          withheld.release(),
          withheld.release().flatMap(release -> minimum(app, release)));
    }
    // No client can be told to go back to the bundle that came with its app.
    return nothing(noUpdate, decision instanceof UpToDate ? "up_to_date" : "builtin");
  }

  private HttpResponse offer(RouteRequest request, App app, Offer offer, int noUpdate) {
    Artifact artifact = offer.artifact();
    WebArtifact web = WebArtifact.of(artifact);
    if (web.encryption().isPresent()) {
      return nothing(noUpdate, "encrypted");
    }
    if (web.rootFolder().isPresent()) {
      return nothing(noUpdate, "no_root_index");
    }
    Optional<ArtifactSignature> signature = signature(artifact);
    if (keyId.isPresent() && signature.isEmpty()) {
      return nothing(noUpdate, "not_signed");
    }
    Release release = offer.release();
    return UpdateAnswers.update(
        release, artifact, signature, minimum(app, release), url(app, offer, request));
  }

  private String url(App app, Offer offer, RouteRequest request) {
    return app.liveUpdates().canBeNamed(offer.release().channel(), unsaidChannels)
        ? addresses.bundle(offer.release(), offer.artifact(), request.context())
        : addresses.restrictedBundle(offer.artifact(), request.context());
  }

  private Optional<ArtifactSignature> signature(Artifact artifact) {
    return artifact.signatures().stream()
        .filter(signature -> keyId.isEmpty() || signature.keyId().equals(keyId))
        .findFirst();
  }

  private static Optional<ReleaseVersion> minimum(App app, Release release) {
    return release.minAppVersion().or(() -> app.liveUpdates().rulesFor(release).minNativeVersion());
  }

  private static HttpResponse nothing(int status, String reason) {
    return UpdateAnswers.nothing(status, reason, Optional.empty(), Optional.empty());
  }
}
