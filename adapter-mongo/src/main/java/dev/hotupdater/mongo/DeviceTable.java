package dev.hotupdater.mongo;

/** The collections of what devices told, which the Node server does not know. */
enum DeviceTable implements NamedCollection {
  EVENTS("hot_updater_device_events"),
  CHANNELS("hot_updater_device_channels");

  private final String collection;

  DeviceTable(String collection) {
    this.collection = collection;
  }

  @Override
  public String collection() {
    return collection;
  }
}
