package dev.hotupdater.protocol.capacitor;

import static java.util.Objects.requireNonNull;

import dev.hotupdater.release.AppId;
import dev.hotupdater.release.UnsaidChannels;
import java.util.Optional;

/**
 * What a server takes from clients that check for updates, and how it answers. Immutable.
 *
 * @param app the one app of the server, whatever app a client names; absent if each client names
 *     its own. A server of one app also serves clients that name no device: they are offered what
 *     is rolled out to all
 * @param unsaidChannels whether a device may name a channel of which nothing was said
 * @param readsChannel whether the field {@code channel} counts, before {@code defaultChannel}
 * @param legacyEmptyAnswer whether a client that is no updater plugin is told {@code {}} if there
 *     is nothing for it; a plugin would take that for a failure, so that it never gets it
 * @param addresses where bundles of channels are downloaded that a device may name; absent if the
 *     storage says where, as it always does for the other ones, for a short time
 */
public record CheckOptions(
    Optional<AppId> app,
    UnsaidChannels unsaidChannels,
    boolean readsChannel,
    boolean legacyEmptyAnswer,
    Optional<BundleAddresses> addresses) {
  private static final CheckOptions CAPGO =
      new CheckOptions(Optional.empty(), UnsaidChannels.CLOSED, false, false, Optional.empty());

  /** Refuses null. */
  public CheckOptions {
    requireNonNull(app, "app");
    requireNonNull(unsaidChannels, "unsaidChannels");
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
    return new CheckOptions(Optional.of(app), UnsaidChannels.OPEN, true, false, Optional.empty());
  }

  /** These options with {@link #legacyEmptyAnswer}. */
  public CheckOptions withLegacyEmptyAnswer() {
    return new CheckOptions(app, unsaidChannels, readsChannel, true, addresses);
  }

  /**
   * These options with other addresses of bundles than those that the storage gives. Those on a
   * channel that may not be named keep the storage's, which nobody can guess.
   */
  public CheckOptions withAddresses(BundleAddresses newAddresses) {
    return new CheckOptions(
        app, unsaidChannels, readsChannel, legacyEmptyAnswer, Optional.of(newAddresses));
  }
}
