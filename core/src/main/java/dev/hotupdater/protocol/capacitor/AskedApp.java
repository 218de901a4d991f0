package dev.hotupdater.protocol.capacitor;

import dev.hotupdater.catalog.ReleaseView;
import dev.hotupdater.release.App;
import dev.hotupdater.release.AppId;
import java.time.Instant;
import java.util.Optional;

/**
 * Which app a client speaks of: the one of the server, or else the one that it names.
 *
 * @param only the one app of the server; absent if each client names its own
 */
record AskedApp(Optional<AppId> only) {
  /**
   * The id of the app.
   *
   * @throws Refusal if the client names none and has to
   */
  AppId id(ClientFields fields) {
    return only.orElseGet(() -> DeviceInfo.app(fields));
  }

  /**
   * The app with this id. The one app of a server is there, also before anything was published.
   *
   * @throws Refusal if there is none
   */
  App in(ReleaseView view, AppId id) {
    return view.app(id)
        .or(() -> only.map(own -> App.create(own, Instant.EPOCH)))
        .orElseThrow(DeviceInfo::unknownApp);
  }
}
