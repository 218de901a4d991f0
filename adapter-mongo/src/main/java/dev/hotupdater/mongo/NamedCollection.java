package dev.hotupdater.mongo;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A collection that this library works with. */
sealed interface NamedCollection permits Table, ReleaseTable, DeviceTable {
  /** The name of the collection. */
  String collection();

  /** All of them. */
  static List<NamedCollection> all() {
    return Stream.concat(committed().stream(), Stream.of(DeviceTable.values())).toList();
  }

  /** Those that commits write, and whose changes are hints. */
  static List<NamedCollection> committed() {
    return Stream.<NamedCollection>concat(
            Stream.of(Table.values()), Stream.of(ReleaseTable.values()))
        .toList();
  }

  /** The one that commits write under this name. */
  static Optional<NamedCollection> named(String name) {
    return committed().stream().filter(table -> table.collection().equals(name)).findFirst();
  }
}
