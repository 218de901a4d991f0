package dev.hotupdater.mongo;

/** The collections of apps and releases, which the Node server does not know. */
enum ReleaseTable implements NamedCollection {
  APPS("hot_updater_apps"),
  RELEASES("hot_updater_releases");

  private final String collection;

  ReleaseTable(String collection) {
    this.collection = collection;
  }

  @Override
  public String collection() {
    return collection;
  }
}
