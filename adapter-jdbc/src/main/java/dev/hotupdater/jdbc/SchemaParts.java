package dev.hotupdater.jdbc;

/** The tables that there are; no part needs another. */
final class SchemaParts {
  /** The tables of bundles, which the Node server uses as well. */
  static final SchemaPart BUNDLES = new BundleSchema();

  /** The tables of apps and releases, which are ours alone. */
  static final SchemaPart RELEASES = new ReleaseSchema();

  /** The tables of what devices told, which are ours alone. */
  static final SchemaPart DEVICES = new DeviceSchema();

  private SchemaParts() {}
}
