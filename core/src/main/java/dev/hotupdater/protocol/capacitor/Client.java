package dev.hotupdater.protocol.capacitor;

import java.util.Optional;

/**
 * The software that asks, by what it takes. Immutable.
 *
 * <p>Sources: Capacitor protocols, sections A2, A3 and A8.
 *
 * @param kind what it is
 * @param plugin its version if it is a native plugin
 */
record Client(Kind kind, Optional<PluginVersion> plugin) {
  static final String ELECTRON = "electron";

  /** Who speaks the protocol. */
  enum Kind {
    /** The plugin for Android and iOS. */
    NATIVE,
    /** The plugin for Electron, whose versions are counted apart. */
    ELECTRON,
    /** An app that asks by itself. */
    PLAIN
  }

  static Client of(String platform, Optional<PluginVersion> plugin) {
    if (platform.equals(ELECTRON)) {
      return new Client(Kind.ELECTRON, Optional.empty());
    }
    return new Client(plugin.isPresent() ? Kind.NATIVE : Kind.PLAIN, plugin);
  }

  boolean isPlain() {
    return kind == Kind.PLAIN;
  }

  boolean isElectron() {
    return kind == Kind.ELECTRON;
  }

  boolean isSupported() {
    return plugin.map(PluginVersion::isSupported).orElse(true);
  }

  boolean checksSha256() {
    return plugin.map(PluginVersion::checksSha256).orElse(true);
  }

  boolean loadsManifests() {
    return plugin.map(PluginVersion::loadsManifests).orElse(false);
  }

  boolean revertsToBuiltin() {
    return plugin.map(PluginVersion::revertsToBuiltin).orElse(false);
  }

  boolean showsLinks() {
    return plugin.map(PluginVersion::showsLinks).orElse(false);
  }

  boolean keepsChannel() {
    return plugin.map(PluginVersion::keepsChannel).orElse(false);
  }

  boolean mayNameBuiltinByNativeVersion() {
    return plugin.map(PluginVersion::mayNameBuiltinByNativeVersion).orElse(true);
  }

  /** Whether an error counts as a failure for it, and an offer of what it runs does not. */
  boolean prefersOfferOfWhatItRuns() {
    return plugin.filter(version -> !version.isLegacy() && !version.readsKind()).isPresent();
  }

  boolean reportsTrueDownloadFailures() {
    return plugin.map(PluginVersion::reportsTrueDownloadFailures).orElse(true);
  }

  boolean sendsWholeKeyId() {
    return plugin.map(PluginVersion::sendsWholeKeyId).orElse(false);
  }

  boolean isNative() {
    return kind == Kind.NATIVE;
  }

  /** Which encrypted bundles it can read; the oldest plugins have an encryption of their own. */
  OfferShape.Decryption decryption() {
    if (plugin.isEmpty()) {
      return isPlain() ? OfferShape.Decryption.ANY : OfferShape.Decryption.NONE;
    }
    if (plugin.get().readsHexChecksum()) {
      return OfferShape.Decryption.HEX;
    }
    return plugin.get().checksSha256() ? OfferShape.Decryption.BASE64 : OfferShape.Decryption.NONE;
  }
}
