package dev.hotupdater.mongo;

import java.util.Arrays;
import java.util.Optional;

/** The collections of the Node server. */
enum Table {
  BUNDLES("bundles"),
  PATCHES("bundle_patches"),
  SETTINGS("private_hot_updater_settings");

  private final String collection;

  Table(String collection) {
    this.collection = collection;
  }

  static Optional<Table> named(String collection) {
    return Arrays.stream(values()).filter(table -> table.collection.equals(collection)).findFirst();
  }

  /** The name of the collection. */
  String collection() {
    return collection;
  }
}
