package dev.hotupdater.protocol.capacitor;

import static java.util.Objects.requireNonNull;

import dev.hotupdater.release.AppId;
import java.util.Optional;

/**
 * What a server takes from clients that check for updates, and how it answers. Immutable.
 *
 * @param app the one app of the server, whatever app a client names; absent if each client names
 *     its own. A server of one app also serves clients that name no device: they are offered what
 *     is rolled out to all
 * @param openChannels whether a device may name a channel of which nothing was said
 * @param readsChannel whether the field {@code channel} counts, before {@code defaultChannel}
 * @param legacyEmptyAnswer whether a client that is no updater plugin is told {@code {}} if there
 *     is nothing for it; a plugin would take that for a failure, so that it never gets it
 * @param addresses where bundles are downloaded; absent if the storage says where
 */
public record CheckOptions(
    Optional<AppId> app,
    boolean openChannels,
    boolean readsChannel,
    boolean legacyEmptyAnswer,
    Optional<BundleAddresses> addresses) {
  private static final CheckOptions CAPGO =
      new CheckOptions(Optional.empty(), false, false, false, Optional.empty());

  /** Refuses null. */
  public CheckOptions {
    requireNonNull(app, "app");
  }

  /** Those of a server of many apps, as Capgo's is one. */
  public static CheckOptions capgo() {
    return CAPGO;
  }

  /**
   * Those of a server of one app: devices may name any channel that is not private, in {@code
   * channel} or {@code defaultChannel}.
   */
  public static CheckOptions ofOneApp(AppId app) {
    return new CheckOptions(Optional.of(app), true, true, false, Optional.empty());
  }

  /** These options with {@link #legacyEmptyAnswer}. */
  public CheckOptions withLegacyEmptyAnswer() {
    return new CheckOptions(app, openChannels, readsChannel, true, addresses);
  }

  /** These options with other addresses of bundles than those that the storage gives. */
  public CheckOptions withAddresses(BundleAddresses newAddresses) {
    return new CheckOptions(
        app, openChannels, readsChannel, legacyEmptyAnswer, Optional.of(newAddresses));
  }
}
