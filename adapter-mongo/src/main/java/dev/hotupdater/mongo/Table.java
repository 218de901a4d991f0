package dev.hotupdater.mongo;

/** The collections of the Node server. */
enum Table implements NamedCollection {
  BUNDLES("bundles"),
  PATCHES("bundle_patches"),
  SETTINGS("private_hot_updater_settings");

  private final String collection;

  Table(String collection) {
    this.collection = collection;
  }

  @Override
  public String collection() {
    return collection;
  }
}
